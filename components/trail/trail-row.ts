import { sentence } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'
import { type ColumnId, columnOf } from './event-columns'
import { DEFAULT_COLUMNS } from './trail-display'

/** What the table shows of an event; the rest stays on the server. */
export type TrailRow = Pick<
  StoredEvent,
  'id' | 'seq' | 'occurredAt' | 'receivedAt' | 'level' | 'type' | 'status'
> & {
  text: string
  values: Partial<Record<ColumnId, string>>
  /** It came while the reader was looking. */
  hasArrived?: true
}

export function toTrailRow(event: StoredEvent, columns: readonly ColumnId[] = DEFAULT_COLUMNS): TrailRow {
  const { id, seq, occurredAt, receivedAt, level, type, status } = event
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
    text: event.message ?? sentence(event),
    values,
  }
}
