import { sql } from 'drizzle-orm'
import { events } from '@/db/schema/events'
import type { StoredEvent } from '@/lib/event/stored-event'

/** The columns that an event leaves us by; all others only serve filters. */
export const STORED_EVENT_COLUMNS = {
  seq: events.seq,
  id: events.id,
  receivedAt: events.receivedAt,
  leafHash: sql<string>`encode(${events.leafHash}, 'hex')`.as('leaf_hash_hex'),
  origin: events.origin,
  body: events.body,
}

type Row = { seq: number; id: string; receivedAt: Date; leafHash: string; origin: string; body: string }

/** Puts the server's fields before what was accepted. */
export function toStoredEvent({ body, seq, id, receivedAt, leafHash, origin }: Row): StoredEvent {
  return { id, seq, receivedAt: receivedAt.toISOString(), leafHash, origin, ...JSON.parse(body) }
}
