import { sentence } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'
import { type ColumnId, columnOf } from './event-columns'
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
  /** It came while the reader was looking. */
  hasArrived?: true
}

export function toTrailRow(event: StoredEvent, columns: readonly ColumnId[] = DEFAULT_COLUMNS): TrailRow {
  const { id, seq, occurredAt, receivedAt, level, type, status, erased } = event
  const values: TrailRow['values'] = {}
  for (const column of columns) {
    const value = columnOf(column).read?.(event)
    if (value !== undefined) values[column] = value
  }
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
  }
}

function shorten(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text
  // By whole signs: half an emoji is none.
  return `${[...text.slice(0, MAX_TEXT_LENGTH)].slice(0, -1).join('')}…`
}
