'use client'

import { useIsReady } from '@/components/form/use-is-ready'
import { useKeptFocus } from '@/components/form/use-kept-focus'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'

type Props = { label: string; isPending: boolean; cancelHref: string }

/** Ends a form that only scripts can send. */
export function SaveButtons({ label, isPending, cancelHref }: Props) {
  const button = useKeptFocus(isPending)
  const isReady = useIsReady()
  return (
    <>
      <noscript>
        <Notice kind="warning">This form needs JavaScript.</Notice>
      </noscript>
      <div className="flex gap-2">
        <Button ref={button} type="submit" variant="primary" disabled={isPending || !isReady}>
          {/* Both words keep their place: a narrower button would put Cancel under the second click of two. */}
          <span className="grid text-center *:col-start-1 *:row-start-1">
            <span className={isPending ? 'invisible' : undefined}>{label}</span>
            <span className={isPending ? undefined : 'invisible'}>Saving …</span>
          </span>
        </Button>
        <LinkButton href={cancelHref}>Cancel</LinkButton>
      </div>
    </>
  )
}
