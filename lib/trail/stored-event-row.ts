import { sql } from 'drizzle-orm'
import { events } from '@/db/schema/events'
import type { StoredEvent } from '@/lib/event/stored-event'
import { type ErasableRow, shownBody } from './shown-body'

/** The columns that an event leaves us by, the last four only where its values were erased; all others serve filters. */
export const STORED_EVENT_COLUMNS = {
  seq: events.seq,
  id: events.id,
  receivedAt: events.receivedAt,
  leafHash: sql<string>`encode(${events.leafHash}, 'hex')`.as('leaf_hash_hex'),
  origin: events.origin,
  body: events.body,
  redaction: events.redaction,
  type: events.type,
  action: events.action,
  level: events.level,
}

type Row = ErasableRow & { seq: number; id: string; leafHash: string; origin: string }

/** Puts the server's fields before what was accepted. */
export function toStoredEvent(row: Row): StoredEvent {
  const { seq, id, receivedAt, leafHash, origin } = row
  return { id, seq, receivedAt: receivedAt.toISOString(), leafHash, origin, ...JSON.parse(shownBody(row)) }
}
