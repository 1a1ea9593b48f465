import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { StoredEvent } from '@/lib/event/stored-event'
import { type Cursor, decodeCursor, encodeCursor } from './cursor'
import type { TrailFilter } from './filter'
import { filterConditions } from './filter-conditions'
import { STORED_EVENT_COLUMNS, toStoredEvent } from './stored-event-row'

export const DEFAULT_PAGE_SIZE = 50
/** A page of 1,000 events of 600 bytes is what a client reads in one go; exports are for more. */
export const MAX_PAGE_SIZE = 1000

export type PageRequest = {
  /** `desc` (newest first) unless given. */
  order?: 'asc' | 'desc'
  limit?: number
  /** A `next` or `prev` of an earlier page with the same filter and order. */
  cursor?: string
  /** For pollers: events after this seq, oldest first. */
  after?: number
}

/** Bodies of a page: above it a page ends early, so that one reader can't fill the server's memory. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024

/** `next` and `prev` are cursors in reading direction, null where the trail ends. */
export type EventPage = { events: StoredEvent[]; next: string | null; prev: string | null }

function startOf({ cursor, after }: PageRequest): Cursor | undefined {
  if (cursor !== undefined) return decodeCursor(cursor)
  return after === undefined ? undefined : { side: 'after', seq: after }
}

/**
 * One page of the tenant's trail, by seq. Pages by key: a page's place does not move while events arrive, and
 * no event is on two pages or on none. Throws `invalid` for a foreign cursor.
 */
export async function listEvents(
  scope: TenantScope,
  filter: TrailFilter,
  request: PageRequest = {},
): Promise<EventPage> {
  requirePermission(scope, 'events:read')
  const order = request.after === undefined ? (request.order ?? 'desc') : 'asc'
  const limit = Math.min(request.limit ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)
  const start = startOf(request)
  // Reading towards older events means descending; a `prev` page is read against the order and turned round.
  const descends = start ? start.side === 'before' : order === 'desc'
  const conditions: SQL[] = [eq(events.tenantId, scope.tenantId), ...filterConditions(filter)]
  if (start) conditions.push(descends ? sql`${events.seq} < ${start.seq}` : sql`${events.seq} > ${start.seq}`)
  const rows = await inTenant(scope, (tx) => readRows(tx, conditions, descends, limit + 1))
  const hasMore = rows.length > limit || (rows.at(-1)?.bytes ?? 0) >= MAX_PAGE_BYTES
  const page = rows.slice(0, limit).map(toStoredEvent)
  if (descends !== (order === 'desc')) page.reverse()
  return { events: page, ...cursorsAround(page, { order, descends, start, hasMore }) }
}

/** Rows in reading order, each with the bytes of all bodies up to it; none after those have reached the bound. */
function readRows(tx: Transaction, conditions: SQL[], descends: boolean, limit: number) {
  const order = descends ? sql`${events.seq} desc` : sql`${events.seq}`
  const size = sql`octet_length(${events.body})`
  const sizes = sql<number>`(sum(${size}) over (order by ${order} rows unbounded preceding))::int`
  const matching = tx
    .select({ ...STORED_EVENT_COLUMNS, bytes: sizes.as('bytes'), size: sql<number>`${size}`.as('size') })
    .from(events)
    .where(and(...conditions))
    .orderBy(order)
    .limit(limit)
    .as('matching')
  return tx
    .select()
    .from(matching)
    .where(sql`${matching.bytes} - ${matching.size} < ${MAX_PAGE_BYTES}`)
    .orderBy(descends ? sql`${matching.seq} desc` : sql`${matching.seq}`)
}

type Reading = { order: 'asc' | 'desc'; descends: boolean; start: Cursor | undefined; hasMore: boolean }

function cursorsAround(page: StoredEvent[], { order, descends, start, hasMore }: Reading) {
  const forwards = descends === (order === 'desc')
  const [sideNext, sidePrev] =
    order === 'desc' ? (['before', 'after'] as const) : (['after', 'before'] as const)
  const first = page[0]
  const last = page.at(-1)
  if (!first || !last) return { next: null, prev: null }
  // Where we came from there is certainly more; where we are going, only if a row beyond the page was found.
  const hasNext = forwards ? hasMore : true
  const hasPrev = forwards ? start !== undefined : hasMore
  return {
    next: hasNext ? encodeCursor({ side: sideNext, seq: last.seq }) : null,
    prev: hasPrev ? encodeCursor({ side: sidePrev, seq: first.seq }) : null,
  }
}
