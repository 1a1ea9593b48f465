import { sentence } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'

/** What the lists of a destination show of an event. */
export type EventRow = Pick<
  StoredEvent,
  'id' | 'seq' | 'occurredAt' | 'level' | 'type' | 'action' | 'status'
> & { text: string; login: string | undefined; ip: string | undefined }

export function toEventRow(event: StoredEvent): EventRow {
  const { id, seq, occurredAt, level, type, action, status, actor } = event
  const login = actor?.login ?? actor?.identity ?? actor?.id
  return { id, seq, occurredAt, level, type, action, status, text: sentence(event), login, ip: actor?.ip }
}
