import { sentence } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { MatchedEvent } from '@/lib/ledger/matched/matched-event'
import { type ColumnId, columnOf, shownTarget } from './event-columns'
import { type MatchedName, toMatchedName } from './matched-name'
import { DEFAULT_COLUMNS } from './trail-display'

/** Two lines of a wide window hold less; a message may be a hundred times as long. */
const MAX_TEXT_LENGTH = 600

/** What the table shows of an event; the rest stays on the server. */
export type TrailRow = Pick<
  StoredEvent,
  'id' | 'seq' | 'occurredAt' | 'receivedAt' | 'level' | 'type' | 'status' | 'erased'
> & {
  text: string
  values: Partial<Record<ColumnId, string>>
  /** What the ledger knows behind the names that the row shows. */
  matched?: { actor?: MatchedName; target?: MatchedName }
  /** It came while the reader was looking. */
  hasArrived?: true
}

export function toTrailRow(
  event: StoredEvent,
  columns: readonly ColumnId[] = DEFAULT_COLUMNS,
  matched?: MatchedEvent,
): TrailRow {
  const { id, seq, occurredAt, receivedAt, level, type, status, erased } = event
  const values: TrailRow['values'] = {}
  for (const column of columns) {
    const value = columnOf(column).read?.(event)
    if (value !== undefined) values[column] = value
  }
  const names = matched && matchedNames(event, matched)
  return {
    id,
    seq,
    occurredAt,
    receivedAt,
    level,
    type,
    status,
    ...(erased && { erased }),
    text: shorten(sentence(event)),
    values,
    ...(names && { matched: names }),
  }
}

function matchedNames(event: StoredEvent, { actor, targets }: MatchedEvent): TrailRow['matched'] {
  const at = shownTarget(event, 'name')
  const [who, what] = [event.actor, event.targets?.[at]]
  const target = targets?.[at]
  const inside = (name: string | undefined, place: string | undefined) =>
    place === undefined ? (name ?? '') : `${name ?? ''} in ${place}`
  const names = {
    ...(actor && {
      actor: toMatchedName(actor, inside(who?.login ?? who?.identity ?? who?.id, who?.repository)),
    }),
    ...(target && { target: toMatchedName(target, inside(what?.name ?? what?.id, what?.parent)) }),
  }
  return names.actor || names.target ? names : undefined
}

function shorten(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text
  // By whole signs: half an emoji is none.
  return `${[...text.slice(0, MAX_TEXT_LENGTH)].slice(0, -1).join('')}…`
}
