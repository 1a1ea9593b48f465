import Link from 'next/link'
import { LevelMark, levelColor } from '@/components/ui/level-mark'
import { LinkButton } from '@/components/ui/link-button'
import { StatusBadge } from '@/components/ui/status-badge'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import { sentence } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { Surrounding } from '@/lib/trail/surroundings'
import { canFilterBy } from './can-filter-by'
import { eventHref } from './event-href'
import { including, trailHref } from './trail-url'

type Props = { event: StoredEvent; surrounding: Surrounding; path: string; query: string }

/** The events next to this one, newest first, this one in its place among them. */
export async function SurroundingEvents({ event, surrounding, path, query }: Props) {
  const { name, value, neighbours } = surrounding
  const { newer, older, newerCursor, olderCursor } = await neighbours
  const isCut = newerCursor !== null || olderCursor !== null
  const isAlone = newer.length + older.length === 0 && !isCut
  return (
    <>
      <ol>
        {[...newer, event, ...older].map((one) => (
          <Row key={one.seq} event={one} href={one === event ? undefined : eventHref(path, one.id, query)} />
        ))}
      </ol>
      {isAlone && <p className="mt-2 text-quiet text-sm">There is no other.</p>}
      {isCut && (
        <p className="mt-2 text-quiet text-sm">The next ones are far away: look for them in the trail.</p>
      )}
      {value !== undefined && canFilterBy(value) && !isAlone && (
        <LinkButton
          size="sm"
          prefetch={false}
          className="mt-3 max-w-full"
          href={trailHref(path, new URLSearchParams([[name, including(value)]]))}
        >
          <span className="truncate">
            All of <bdi>{visibleText(value)}</bdi>
          </span>
        </LinkButton>
      )}
    </>
  )
}

function Row({ event, href }: { event: StoredEvent; href: string | undefined }) {
  return (
    <li
      className={`flex flex-wrap items-baseline gap-x-3 border-line border-b px-1.5 py-1 text-sm last:border-b-0 ${href ? '' : 'rounded-sm bg-accent-soft'}`}
    >
      <Time value={event.occurredAt} millis zone={false} />
      <span className={`inline-flex items-baseline gap-1.5 font-medium text-xs ${levelColor(event.level)}`}>
        <LevelMark level={event.level} />
        <span className="sr-only">{event.level}</span>
      </span>
      <span className="min-w-0 flex-1 basis-60">
        {href ? (
          <Link
            href={href}
            prefetch={false}
            className="wrap-anywhere line-clamp-2 rounded-sm underline-offset-3 hover:underline"
          >
            {visibleText(sentence(event))}
          </Link>
        ) : (
          <span aria-current="true" className="wrap-anywhere line-clamp-2 font-medium">
            {visibleText(sentence(event))}
          </span>
        )}
      </span>
      {event.status === 'fail' && <StatusBadge status={event.status} />}
    </li>
  )
}
