import Link from 'next/link'
import { Button } from '@/components/ui/button'
import type { Bell } from '@/lib/notifications/read-bell'
import { NoteLink } from './note-link'
import { notificationsHref } from './notifications-href'
import { PopUpSwitch } from './pop-up-switch'
import type { Latest } from './use-bell'

type Props = {
  slug: string
  bell: Bell
  latest: Latest
  /** What marking them as read answered, where it failed. */
  failure: string | undefined
  mayReadChannels: boolean
  markAll: () => void
  retry: () => void
  close: () => void
}

const LINK = 'rounded-sm text-quiet hover:text-ink hover:underline'

/** The newest notifications, and how this browser shows them. */
export function BellPopup({ slug, bell, latest, failure, mayReadChannels, markAll, retry, close }: Props) {
  return (
    <>
      <div className="flex min-h-11 items-center justify-between gap-2 border-line border-b py-1.5 pr-2 pl-3">
        <h2 className="font-semibold text-base tracking-[-0.006em]">Notifications</h2>
        {bell.unread > 0 && (
          <Button variant="quiet" size="sm" onClick={markAll}>
            Mark all as read
          </Button>
        )}
      </div>
      {failure && (
        <p role="alert" className="px-3 pt-2 text-danger text-sm">
          {failure}
        </p>
      )}
      <div className="max-h-[min(24rem,45dvh)] overflow-y-auto overscroll-contain p-1">
        <LatestList latest={latest} retry={retry} close={close} />
      </div>
      <div className="grid gap-3 border-line border-t px-3 py-3">
        <PopUpSwitch />
        <div className="flex gap-4 text-sm">
          <Link href={notificationsHref(slug)} onClick={close} className={LINK}>
            All notifications
          </Link>
          {mayReadChannels && (
            <Link href={`/${slug}/channels`} onClick={close} className={LINK}>
              Channels
            </Link>
          )}
        </div>
      </div>
    </>
  )
}

function LatestList({ latest, retry, close }: Pick<Props, 'latest' | 'retry' | 'close'>) {
  if (latest === 'loading') return <p className="px-2 py-6 text-center text-quiet text-sm">Loading…</p>
  if (latest === 'failed')
    return (
      <div role="alert" className="grid justify-items-center gap-2 px-2 py-5 text-sm">
        The server did not answer.
        <Button size="sm" onClick={retry}>
          Try again
        </Button>
      </div>
    )
  if (latest.length === 0)
    return <p className="px-2 py-6 text-center text-quiet text-sm">Nothing has rung yet.</p>
  return (
    <ul>
      {latest.map((note) => (
        <li key={note.number}>
          <NoteLink note={note} onOpen={close} />
        </li>
      ))}
    </ul>
  )
}
