import { and, type SQL, sql } from 'drizzle-orm'
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
  /** Only those that were set aside, and did not get through since. Bound the range by `endOfDead`. */
  onlyDead?: boolean
}

type Row = Omit<ForwardedEvent, 'level'> & { level: number; redaction: unknown }

/**
 * A stream's events with `from <= seq < before` in order: at most `maxEvents`, and none more once their bodies
 * have `maxBytes`, so that large events do not fill the memory. The first one comes whatever its size.
 */
export async function readEvents(db: Database, key: StreamKey, range: EventRange): Promise<ForwardedEvent[]> {
  const { filter, from, before, maxEvents, maxBytes, onlyDead } = range
  const conditions = and(
    ...matchingEvents(key, filter),
    sql`${events.seq} >= ${from}::bigint`,
    sql`${events.seq} < ${before}::bigint`,
    ...(onlyDead ? [isDead(key, range)] : []),
  )
  return readMatching(db, conditions, maxEvents, maxBytes)
}

/** The events at these places that are still there, in order; as many as have `maxBytes` together, but at least one. */
export function readChosen(
  db: Database,
  { tenantId }: StreamKey,
  seqs: readonly number[],
  maxBytes: number,
): Promise<ForwardedEvent[]> {
  const conditions = sql`${events.tenantId} = ${tenantId}::uuid
    and ${events.seq} = any (${`{${seqs.join(',')}}`}::text::bigint[])`
  return readMatching(db, conditions, seqs.length, maxBytes)
}

async function readMatching(
  db: Database,
  conditions: SQL | undefined,
  maxEvents: number,
  maxBytes: number,
): Promise<ForwardedEvent[]> {
  const rows = await db.execute<Row>(sql`
    select * from (
      select seq, id, received_at as "receivedAt", occurred_at as "occurredAt", level, type, action, message,
        actor_login as "actorLogin", target_name as "targetName", source, data_source as "dataSource", origin,
        encode(leaf_hash, 'hex') as "leafHash", body, redaction,
        sum(octet_length(body)) over (order by seq rows unbounded preceding) - octet_length(body) as bytes_before
      from ${events} where ${conditions} order by seq limit ${maxEvents}::int
    ) matching where bytes_before < ${maxBytes}::bigint order by seq`)
  return rows.map(toForwarded)
}

const isDead = ({ tenantId, destinationId }: StreamKey, { from, before }: EventRange) =>
  sql`${events.seq} = any (array(
    select d.seq from delivery_dead d where d.tenant_id = ${tenantId} and d.destination_id = ${destinationId}
      and d.seq >= ${from}::bigint and d.seq < ${before}::bigint and d.resolved_at is null))`

/** Behind how many seqs from `from` on there are `maxEvents` that were set aside; infinite if there are fewer. */
export async function endOfDead(
  db: Database,
  { tenantId, destinationId }: StreamKey,
  from: number,
  maxEvents: number,
): Promise<number> {
  const [last] = await db.execute<{ seq: number }>(sql`
    select seq from delivery_dead
    where tenant_id = ${tenantId} and destination_id = ${destinationId} and seq >= ${from}::bigint and resolved_at is null
    order by seq offset ${maxEvents - 1}::int limit 1`)
  return last ? last.seq + 1 : Number.POSITIVE_INFINITY
}

function toForwarded(row: Row): ForwardedEvent {
  const { seq, id, type, action, message, actorLogin, targetName, source, dataSource, origin, leafHash } = row
  const receivedAt = toRfc3339(row.receivedAt)
  const body = row.redaction === null ? row.body : shownBody({ ...row, receivedAt: new Date(receivedAt) })
  return {
    seq,
    id,
    receivedAt,
    // From PostgreSQL's text: a Date of the years 1 to 99 would be one of this century or the last.
    occurredAt: toRfc3339(row.occurredAt),
    level: LEVELS[row.level] ?? 'info',
    type,
    action,
    message,
    actorLogin,
    targetName,
    source,
    dataSource,
    origin,
    leafHash,
    body,
  }
}

/** From a `timestamptz(3)` of a session in UTC, such as `2026-11-20 22:38:00.5+00`. */
function toRfc3339(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`
}
