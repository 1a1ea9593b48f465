import { BellRing } from 'lucide-react'
import Link from 'next/link'
import { LevelMark } from '@/components/ui/level-mark'
import { Time } from '@/components/ui/time'
import type { BellNote } from '@/lib/notifications/bell-note'

/** What a notification says in the bell, as the link to what it is about. */
export function NoteLink({ note, onOpen }: { note: BellNote; onOpen: () => void }) {
  const { title, level, at, isUnread, href, listed } = note
  return (
    <Link
      href={href}
      onClick={onOpen}
      className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2.5 rounded-md px-2 py-2 outline-none hover:bg-hover focus-visible:bg-hover focus-visible:outline-2 focus-visible:outline-accent focus-visible:-outline-offset-2"
    >
      <span className="grid h-5 w-3.5 place-items-center">
        <NoteMark level={level} />
      </span>
      <span className="min-w-0">
        <span className={`wrap-anywhere line-clamp-2 text-sm ${isUnread ? 'font-medium' : 'text-quiet'}`}>
          {title}
        </span>
        {listed[0] && (
          <span className="wrap-anywhere line-clamp-1 text-quiet text-xs">{listed[0].title}</span>
        )}
        <span className="text-faint">
          <Time value={at} />
        </span>
      </span>
      {isUnread && (
        <span className="mt-1.5 size-2 rounded-full bg-accent">
          <span className="sr-only">unread</span>
        </span>
      )}
    </Link>
  )
}

/** The level of its events, in a word for those who don't see the mark; a bell where it tells of none. */
export function NoteMark({ level }: Pick<BellNote, 'level'>) {
  if (!level) return <BellRing aria-hidden className="size-3.5 text-quiet" />
  return (
    <>
      <LevelMark level={level} />
      <span className="sr-only">{level}:</span>
    </>
  )
}
