import { ChevronRight, ChevronsLeft } from 'lucide-react'
import Link from 'next/link'
import { LevelMark } from '@/components/ui/level-mark'
import { LinkButton } from '@/components/ui/link-button'
import { Time } from '@/components/ui/time'
import type { BellNote, ListedEvent } from '@/lib/notifications/bell-note'
import type { Receipts } from '@/lib/notifications/list-receipts'
import { NoteMark } from './note-link'
import { notificationsHref } from './notifications-href'
import { ReceiptList } from './receipt-list'

type Props = {
  slug: string
  notes: readonly BellNote[]
  /** Whom they were shown to, for who may know. */
  receipts: ReadonlyMap<number, Receipts> | undefined
  isFirst: boolean
  next: number | null
}

/** Notifications, newest first, each with its events and whom it popped up for. */
export function NotificationList({ slug, notes, receipts, isFirst, next }: Props) {
  return (
    <>
      <ol className="divide-y divide-line rounded-lg border border-line bg-surface">
        {notes.map((note) => (
          <li key={note.number} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 px-3 py-2.5 md:px-4">
            <span className="grid h-5 w-4 place-items-center">
              <NoteMark level={note.level} />
            </span>
            <div className="min-w-0">
              <Heading note={note} />
              {note.listed.length > 0 && <EventList note={note} />}
              <div className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 text-quiet text-xs">
                <Time value={note.at} />
                {note.channelId && receipts && (
                  <Link
                    href={`/${slug}/channels/${note.channelId}`}
                    className="rounded-sm hover:text-ink hover:underline"
                  >
                    Channel
                  </Link>
                )}
                {receipts && <ReceiptList receipts={receipts.get(note.number)} />}
              </div>
            </div>
          </li>
        ))}
      </ol>
      {(!isFirst || next !== null) && (
        <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
          {!isFirst && (
            <LinkButton href={notificationsHref(slug)}>
              <ChevronsLeft aria-hidden />
              Newest
            </LinkButton>
          )}
          {next !== null && (
            <LinkButton href={notificationsHref(slug, next)}>
              Older
              <ChevronRight aria-hidden />
            </LinkButton>
          )}
        </nav>
      )}
    </>
  )
}

function Heading({ note: { title, href, listed, events, isUnread } }: { note: BellNote }) {
  // What lists its events leads nowhere but to them, and to this very page.
  const isPlain = listed.length > 0 || (events === 1 && !href.includes('/trail/'))
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
      {isPlain ? (
        <span className="wrap-anywhere font-medium">{title}</span>
      ) : (
        <Link href={href} className="wrap-anywhere rounded-sm font-medium hover:underline">
          {title}
        </Link>
      )}
      {isUnread && (
        <span className="rounded-sm bg-accent-soft px-1.5 font-medium text-accent text-xs">new</span>
      )}
    </p>
  )
}

function EventList({ note: { listed, events } }: { note: BellNote }) {
  const more = events - listed.length
  return (
    <ul className="mt-1 grid gap-0.5 text-sm">
      {listed.map((event, index) => (
        // An event that is gone has nothing of its own left.
        <li key={event.href ?? index} className="flex min-w-0 items-baseline gap-2">
          <Entry event={event} />
        </li>
      ))}
      {more > 0 && <li className="text-quiet">and {more.toLocaleString('en')} more</li>}
    </ul>
  )
}

function Entry({ event: { title, level, href } }: { event: ListedEvent }) {
  if (!href) return <span className="text-quiet">{title}</span>
  return (
    <>
      {level && <LevelMark level={level} />}
      <Link
        href={href}
        className="wrap-anywhere min-w-0 rounded-sm text-quiet hover:text-ink hover:underline"
      >
        {title}
      </Link>
    </>
  )
}
