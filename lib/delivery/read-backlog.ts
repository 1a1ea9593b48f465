import { and, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { events } from '@/db/schema/events'
import { trailFilterSchema } from '@/lib/trail/filter'
import { matchingEvents, type StreamKey } from './matching-events'

/** Above it the exact number helps nobody, and counting costs. */
const MAX_COUNTED = 10_000
/** How far ahead events are looked at, for filters that rarely match: some 400 ms. */
export const MAX_SCANNED = 200_000

/** Unsent events of a stream. `isCapped` means that there may be more; `oldestAt` is when the first was received. */
export type Backlog = {
  events: number
  isCapped: boolean
  oldestAt: Date | null
  /** The first of them waits until it is matched with the ledger. */
  isUnmatched: boolean
}

const NONE: Backlog = { events: 0, isCapped: false, oldestAt: null, isUnmatched: false }

type Version = {
  filter: unknown
  fromSeq: number
  before: number | null
  end: number
  matchedTo: number | null
}

/**
 * Counts what a stream has before it from `nextSeq` on, sealed or not, each event by the filter version that judges it;
 * looks at `maxScanned` events at most.
 */
export async function readBacklog(
  tx: Database,
  key: StreamKey,
  nextSeq: number,
  maxScanned = MAX_SCANNED,
): Promise<Backlog> {
  const versions = await tx.execute<Version>(sql`
    select f.filter, f.from_seq as "fromSeq", h.next_seq as "end",
      lead(f.from_seq) over (order by f.from_seq) as before, m.next_seq as "matchedTo"
    from destination_filters f join trail_heads h on h.tenant_id = f.tenant_id
      join destinations d on d.tenant_id = f.tenant_id and d.id = f.destination_id
      left join matching_state m on m.tenant_id = d.tenant_id and d.carries_matches
    where f.tenant_id = ${key.tenantId} and f.destination_id = ${key.destinationId} order by f.from_seq`)
  const trailEnd = versions[0]?.end ?? 0
  const end = Math.min(trailEnd, nextSeq + maxScanned)
  const slices = versions
    .map((version) => ({
      ...version,
      from: Math.max(nextSeq, version.fromSeq),
      to: Math.min(end, version.before ?? end),
    }))
    .filter(({ from, to }) => from < to)
  if (slices.length === 0) return NONE
  const conditions = slices.map(({ filter, from, to }): SQL | undefined =>
    and(
      ...matchingEvents(key, trailFilterSchema.parse(filter)),
      sql`${events.seq} >= ${from}::bigint and ${events.seq} < ${to}::bigint`,
    ),
  )
  const unsent = tx
    .select({ seq: events.seq, receivedAt: events.receivedAt })
    .from(events)
    .where(or(...conditions))
    .orderBy(events.seq)
    .limit(MAX_COUNTED + 1)
    .as('unsent')
  const [row] = await tx
    .select({
      found: sql<number>`count(*)::int`,
      first: sql<number | null>`min(${unsent.seq})`,
      oldestAt: sql<string | null>`min(${unsent.receivedAt})`,
    })
    .from(unsent)
  const { found = 0, first = null } = row ?? {}
  const matchedTo = versions[0]?.matchedTo ?? null
  return {
    events: Math.min(found, MAX_COUNTED),
    isCapped: found > MAX_COUNTED || end < trailEnd,
    oldestAt: row?.oldestAt ? new Date(row.oldestAt) : null,
    isUnmatched: matchedTo !== null && first !== null && first >= matchedTo,
  }
}
