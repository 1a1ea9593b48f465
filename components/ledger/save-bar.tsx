'use client'

import { useIsReady } from '@/components/form/use-is-ready'
import { Button } from '@/components/ui/button'
import { LinkButton } from '@/components/ui/link-button'

type Props = {
  what: 'rule' | 'policy'
  isNew: boolean
  isChanged: boolean
  isSaving: boolean
  isBeingChecked: boolean
  closeHref: string
}

/** Below an editor, in sight wherever one reads it. */
export function SaveBar({ what, isNew, isChanged, isSaving, isBeingChecked, closeHref }: Props) {
  const isReady = useIsReady()
  return (
    <div className="sticky bottom-0 z-4 -mx-4 flex flex-wrap items-center gap-2 border-line border-t bg-paper px-4 py-2.5 md:-mx-6 md:px-6">
      <Button type="submit" variant="primary" disabled={isSaving || !isReady || (!isNew && !isChanged)}>
        {isSaving ? 'Saving …' : isNew ? `Add ${what}` : 'Save changes'}
      </Button>
      <LinkButton href={closeHref}>{isNew ? 'Cancel' : 'Close'}</LinkButton>
      <span role="status" className="text-quiet text-sm">
        {isBeingChecked ? 'Being checked …' : isChanged && !isNew ? 'Not saved yet.' : ''}
      </span>
    </div>
  )
}
