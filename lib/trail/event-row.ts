import type { AcceptedEvent } from '@/lib/event/accept-event'
import { derivedEventId, newEventId } from '@/lib/event/event-id'
import { LEVELS, type Level } from '@/lib/event/levels'
import { leafHash } from '@/lib/integrity/leaf'
import { randomBytesPooled } from '@/lib/integrity/random-bytes'

/** An event ready to be numbered. Short names, because a flush repeats them for each of its rows. */
export type EventRow = {
  t: string
  /** Place among the tenant's rows of its flush; known when it is flushed. */
  k: number
  id: string
  /** True if the id is derived from the event's identity, so that it may be in the trail already. */
  keyed: boolean
  recv: string
  occ: string
  lv: number
  ty: string
  ac: string
  st: string | undefined
  co: string | undefined
  ca: string | undefined
  ms: string | undefined
  al: string | undefined
  ai: string | undefined
  aid: string | undefined
  se: string | undefined
  ip: string | undefined
  tt: string | undefined
  tn: string | undefined
  t2t: string | undefined
  t2n: string | undefined
  so: string | undefined
  ds: string | undefined
  o: string
  b: string
  seed: string
  leaf: string
}

/** The tenant that events belong to, and the key under which it derives their ids. */
export type TrailOwner = { tenantId: string; idKey: Uint8Array }

/**
 * Gives an event its id, seed and leaf hash. Its identity is `(dataSource, externalRef)` if it has both, else
 * `requestKey` (a request's Idempotency-Key and the event's place in it), else a new one.
 * `receivedAt` is RFC 3339 UTC with three decimals.
 */
export function toEventRow(
  owner: TrailOwner,
  { event, body }: AcceptedEvent,
  origin: string,
  receivedAt: string,
  requestKey?: readonly string[],
): EventRow {
  const { dataSource, externalRef, actor, targets } = event
  const identity =
    dataSource !== undefined && externalRef !== undefined ? ['origin', dataSource, externalRef] : requestKey
  const id = identity ? derivedEventId(owner.idKey, identity) : newEventId(Date.parse(receivedAt))
  const seed = randomBytesPooled(32)
  return {
    t: owner.tenantId,
    k: 0,
    id,
    keyed: identity !== undefined,
    recv: receivedAt,
    // JavaScript reads offsets and fractions that PostgreSQL refuses; the body keeps the sender's own words.
    occ: new Date(event.occurredAt).toISOString(),
    lv: LEVELS.indexOf(event.level as Level),
    ty: event.type,
    ac: event.action,
    st: event.status,
    co: event.code,
    ca: event.category,
    ms: event.message,
    al: actor?.login,
    ai: actor?.identity,
    aid: actor?.id,
    se: actor?.sessionId,
    ip: actor?.ip,
    tt: targets?.[0]?.type,
    tn: targets?.[0]?.name,
    t2t: targets?.[1]?.type,
    t2n: targets?.[1]?.name,
    so: event.source,
    ds: dataSource,
    o: origin,
    b: body,
    seed: `\\x${seed.toString('hex')}`,
    leaf: `\\x${leafHash(event, seed, id, receivedAt)}`,
  }
}

/** The leaf hash as hex, as answers carry it. */
export function rowLeafHash(row: EventRow): string {
  return row.leaf.slice(2)
}
