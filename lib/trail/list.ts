import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { SeqRange } from './blocks/search-blocks'
import { type Cursor, decodeCursor, encodeCursor } from './cursor'
import type { TrailFilter } from './filter'
import { type MatchedRow, readMatching } from './read-matching'
import { toStoredEvent } from './stored-event-row'

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

/**
 * `next` and `prev` are cursors, null where the trail ends. A page may have fewer events than wanted, even none,
 * and a `next`: the search has read enough for one request and goes on there.
 */
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
  const from = !descends && start ? start.seq + 1 : 0
  const to = descends && start ? start.seq : undefined
  const bounds = { from, to, descends, nowMs: Date.now(), limit: limit + 1, maxBytes: MAX_PAGE_BYTES }
  const found = await inTenantSnapshot(scope, (tx) =>
    readMatching(tx, { tenantId: scope.tenantId, filter, ...bounds }),
  )
  const rows = found.rows.slice(0, limit)
  // The row beyond the page only says that there is one: the next page begins with it.
  const beyond = found.rows.at(limit)?.seq
  const rest = beyond === undefined ? found.rest : { from: descends ? 0 : beyond, to: beyond + 1 }
  const page = rows.map(toStoredEvent)
  const forwards = descends === (order === 'desc')
  if (!forwards) page.reverse()
  return { events: page, ...cursorsAround({ forwards, descends, start, rows, rest }) }
}

type Reading = {
  forwards: boolean
  descends: boolean
  start: Cursor | undefined
  rows: MatchedRow[]
  rest: SeqRange | null
}

/** Cursors to what lies ahead and behind in reading direction; the page's own order decides which of them is `next`. */
function cursorsAround({ forwards, descends, start, rows, rest }: Reading) {
  const [sideAhead, sideBehind] = descends ? (['before', 'after'] as const) : (['after', 'before'] as const)
  const edge = rest && (descends ? rest.to : rest.from - 1)
  const ahead = edge === null ? null : encodeCursor({ side: sideAhead, seq: edge })
  // Where we came from there is more, also if nothing was found from there on.
  const first = rows[0]?.seq ?? (start && start.seq + (descends ? -1 : 1))
  const behind = start && first !== undefined ? encodeCursor({ side: sideBehind, seq: first }) : null
  return forwards ? { next: ahead, prev: behind } : { next: behind, prev: ahead }
}
