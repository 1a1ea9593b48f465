import { type SQL, sql } from 'drizzle-orm'
import { deliveryStreams } from '@/db/schema/delivery'
import type { Pace } from './pace'
import { matchedEnd } from './readable-heads'

/** The columns by which a stream collects before it sends. */
type Rhythm = {
  everySeconds: number | null
  phaseSeconds: number
  atMinutes: number | null
  flushEvents: number | null
}

/**
 * When a stream is looked at again: at once if it finds something, after so many milliseconds, when its pace allows
 * a further message, or, where it collects, at its next time, by the database's clock.
 */
export type Due = 'at_once' | 'next_time' | { inMs: number } | { pace: Pace }

const s = deliveryStreams

const zoneOf = (tenantId: SQL) => sql`(select t.time_zone from tenants t where t.id = ${tenantId})`

/** The next time of a row of `delivery_streams`, by its columns and its workspace's clock as they are now. */
export const nextTimeOfRow = sql`spoor_next_time(now(), ${s.everySeconds}, ${s.phaseSeconds}, ${s.atMinutes},
  ${zoneOf(sql`${s.tenantId}`)})`

/** When a stream is due by itself; what its pace allows is said by `pacedDue`. */
export function dueAt(
  due: Exclude<Due, { pace: Pace }>,
  { everySeconds }: Pick<Rhythm, 'everySeconds'>,
): SQL {
  if (typeof due === 'object') return sql`now() + ${due.inMs}::float8 * interval '1 ms'`
  return due === 'at_once' || everySeconds === null ? sql`now()` : nextTimeOfRow
}

/**
 * When a new stream of a tenant is looked at first: people are told at their times and at no other; what is for
 * systems goes at once.
 */
export function firstDueAt(tenantId: string, rhythm: Rhythm): SQL {
  const { everySeconds, phaseSeconds, atMinutes, flushEvents } = rhythm
  if (everySeconds === null || flushEvents !== null) return sql`now()`
  return sql`spoor_next_time(now(), ${everySeconds}::int, ${phaseSeconds}::int, ${atMinutes}::int,
    ${zoneOf(sql`${tenantId}::uuid`)})`
}

/** Whether a row of `delivery_streams` failed, or a message of its own was begun: then its time had come before. */
const hasBegun = sql`(${s.consecutiveFailures} > 0 or exists (
  select from delivery_batches b where b.tenant_id = ${s.tenantId} and b.destination_id = ${s.destinationId}
    and b.state = 'planned' and b.replay_id is null))`

/** When a row of `delivery_streams` is due that gets a new rhythm: a time of the old one that has come stays. */
export const dueAfterEdit = (tenantId: string, rhythm: Rhythm): SQL => sql`case
  when (${s.everySeconds} is not null and ${s.dueAt} <= now()) or ${hasBegun} then now()
  else ${firstDueAt(tenantId, rhythm)} end`

/** When a row of `delivery_streams` is due that a person has switched on or set forward. */
export const dueAfresh = sql`case
  when ${s.everySeconds} is not null and ${s.flushEvents} is null and not ${hasBegun} then ${nextTimeOfRow}
  else now() end`

/**
 * Whether a stream `s` may be served, with its trail's head as `h`: its time has come, or it has collected enough;
 * what backs off waits in any case.
 */
export const hasEnough = sql`(s.flush_events is not null and s.next_seq + s.flush_events <= h.readable
  and s.consecutive_failures = 0 and s.next_seq + s.flush_events <= coalesce(${matchedEnd}, h.readable))`
