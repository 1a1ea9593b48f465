import { and, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { events } from '@/db/schema/events'
import { LEVELS } from '@/lib/event/levels'
import type { TrailFilter } from '@/lib/trail/filter'
import { shownBody } from '@/lib/trail/shown-body'
import type { ForwardedEvent } from './forwarded-event'
import { matchingEvents, type StreamKey } from './matching-events'

export type EventRange = {
  filter: TrailFilter
  from: number
  before: number
  maxEvents: number
  maxBytes: number
}

/**
 * A stream's events with `from <= seq < before` in order: at most `maxEvents`, and none more once their bodies
 * have `maxBytes`, so that large events do not fill the memory. The first one comes whatever its size.
 */
export async function readEvents(db: Database, key: StreamKey, range: EventRange): Promise<ForwardedEvent[]> {
  const { filter, from, before, maxEvents, maxBytes } = range
  const bytes = sql<number>`octet_length(${events.body})`
  const window = db
    .select({
      seq: events.seq,
      id: events.id,
      receivedAt: events.receivedAt,
      level: events.level,
      type: events.type,
      action: events.action,
      message: events.message,
      actorLogin: events.actorLogin,
      targetName: events.targetName,
      source: events.source,
      dataSource: events.dataSource,
      origin: events.origin,
      leafHash: sql<string>`encode(${events.leafHash}, 'hex')`.as('leaf_hash_hex'),
      body: events.body,
      redaction: events.redaction,
      bytesBefore: sql<number>`sum(${bytes}) over (order by ${events.seq}) - ${bytes}`.as('bytes_before'),
    })
    .from(events)
    .where(
      and(
        ...matchingEvents(key, filter),
        sql`${events.seq} >= ${from}::bigint`,
        sql`${events.seq} < ${before}::bigint`,
      ),
    )
    .orderBy(events.seq)
    .limit(maxEvents)
    .as('matching')
  const rows = await db
    .select()
    .from(window)
    .where(sql`${window.bytesBefore} < ${maxBytes}`)
    .orderBy(window.seq)
  return rows.map((found) => {
    const { bytesBefore: _, redaction: __, receivedAt, level, ...row } = found
    const body = shownBody(found)
    return {
      ...row,
      body,
      receivedAt: receivedAt.toISOString(),
      occurredAt: readOccurredAt(body),
      level: LEVELS[level] ?? 'info',
    }
  })
}

/** From what was accepted: drizzle reads the column's years 0001–0099 as those of the last or this century. */
function readOccurredAt(body: string): string {
  const { occurredAt } = JSON.parse(body) as { occurredAt: string }
  return new Date(occurredAt).toISOString()
}
