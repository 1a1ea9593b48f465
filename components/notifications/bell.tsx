'use client'

import { Bell as BellIcon } from 'lucide-react'
import Link from 'next/link'
import { useState, useSyncExternalStore } from 'react'
import { runAction } from '@/components/form/run-action'
import { Popover } from '@/components/ui/popover'
import type { FormAction } from '@/lib/errors/form-state'
import { MAX_UNREAD } from '@/lib/notifications/max-unread'
import type { Bell as BellState } from '@/lib/notifications/read-bell'
import { BellPopup } from './bell-popup'
import { notificationsHref } from './notifications-href'
import { useBell } from './use-bell'

type Props = {
  slug: string
  /** The login of who is signed in. */
  person: string
  bell: BellState
  markRead: FormAction<BellState>
  mayReadChannels: boolean
}

const STYLE =
  'relative flex size-9 shrink-0 items-center justify-center gap-2.5 rounded-md text-quiet text-sm hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink md:h-8 md:w-full md:justify-start md:px-2.5 pointer-coarse:size-10 pointer-coarse:md:w-full'

/** How many notifications wait, and the newest of them on a click; without JavaScript the way to their page. */
export function Bell({ slug, person, bell: sent, markRead, mayReadChannels }: Props) {
  const page = notificationsHref(slug)
  const isAlive = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  )
  const { bell, latest, load, tell } = useBell(slug, person, sent)
  const [isOpen, setIsOpen] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function markAll() {
    const state = await runAction(markRead, { number: String(bell.newest) })
    setFailure(state.ok === false ? state.message : undefined)
    if (state.ok) tell(state.result)
  }

  if (!isAlive)
    return (
      <Link href={page} aria-label={labelOf(bell)} className={STYLE}>
        <Face bell={bell} />
      </Link>
    )
  return (
    <Popover
      label="Notifications"
      open={isOpen}
      onOpenChange={(next) => {
        setIsOpen(next)
        setFailure(undefined)
        if (next) void load()
      }}
      trigger={
        <button type="button" aria-label={labelOf(bell)} className={STYLE}>
          <Face bell={bell} />
        </button>
      }
    >
      <BellPopup
        slug={slug}
        bell={bell}
        latest={latest}
        failure={failure}
        mayReadChannels={mayReadChannels}
        markAll={() => void markAll()}
        retry={() => void load()}
        close={() => setIsOpen(false)}
      />
    </Popover>
  )
}

const countOf = ({ unread }: BellState) => (unread > MAX_UNREAD ? `${MAX_UNREAD}+` : String(unread))
const labelOf = (bell: BellState) =>
  bell.unread === 0 ? 'Notifications' : `Notifications, ${countOf(bell)} unread`

function Face({ bell }: { bell: BellState }) {
  return (
    <>
      <BellIcon aria-hidden className="size-4 shrink-0" />
      <span aria-hidden className="hidden md:inline">
        Notifications
      </span>
      {bell.unread > 0 && (
        <span
          aria-hidden
          className="numeric absolute top-0 right-0 min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-2xs text-on-accent md:static md:ml-auto md:px-1.5"
        >
          {countOf(bell)}
        </span>
      )}
    </>
  )
}
