import { sentence } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'

/** What the lists of a destination show of an event. */
export type EventRow = Pick<StoredEvent, 'id' | 'seq' | 'occurredAt' | 'level' | 'type'> & { text: string }

export function toEventRow(event: StoredEvent): EventRow {
  const { id, seq, occurredAt, level, type } = event
  return { id, seq, occurredAt, level, type, text: sentence(event) }
}
