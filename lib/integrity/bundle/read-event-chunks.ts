import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { ResolvedFilter } from '@/lib/ledger/matched/resolve-filter'
import { resolveOnce } from '@/lib/ledger/matched/resolve-once'
import type { SeqRange } from '@/lib/trail/blocks/search-blocks'
import { amongCandidates } from '@/lib/trail/candidates'
import type { TrailFilter } from '@/lib/trail/filter'
import { filterConditions } from '@/lib/trail/filter-conditions'

/** Some megabyte of usual events, so that the first of them is on its way soon. */
const MAX_CHUNK_EVENTS = 2_000
/** Bodies of a chunk. Three chunks are in memory at a time: read, written, and on its way to the reader. */
const MAX_CHUNK_BYTES = 4 * 1024 * 1024
/** Where little passes, a statement looks at so many events at the most, to stay within its time. */
const MAX_SPAN = 160_000

/** Which events of a range: all, those with these seqs (few, ascending), or those that pass a filter. */
export type Among = 'all' | { seqs: readonly number[] } | { filter: TrailFilter; nowMs: number }

/** The part of a trail that was looked at, and what was found in it, in order. */
export type EventChunk = { rows: EventChunkRow[]; looked: SeqRange }
export type EventChunkRow = Awaited<ReturnType<typeof selectRows>>[number]

const COLUMNS = {
  seq: events.seq,
  id: events.id,
  receivedAt: events.receivedAt,
  action: events.action,
  body: events.body,
  seed: events.seed,
  redaction: events.redaction,
}

function selectRows(tx: Transaction, where: SQL | undefined) {
  const size = sql`octet_length(${events.body})`
  const sizes = sql<number>`sum(${size}) over (order by ${events.seq} rows unbounded preceding)`
  const matching = tx
    .select({ ...COLUMNS, bytes: sizes.mapWith(Number).as('bytes'), size: sql<number>`${size}`.as('size') })
    .from(events)
    .where(where)
    .orderBy(events.seq)
    .limit(MAX_CHUNK_EVENTS)
    .as('matching')
  return tx
    .select()
    .from(matching)
    .where(sql`${matching.bytes} - ${matching.size} < ${MAX_CHUNK_BYTES}`)
    .orderBy(matching.seq)
}

/** The same with its entities looked up: they choose events, but what they are called is no part of the evidence. */
type Resolved = Exclude<Among, { filter: TrailFilter }> | (ResolvedFilter & { nowMs: number })

async function resolve(scope: TenantScope, among: Among): Promise<Resolved> {
  if (among === 'all' || 'seqs' in among) return among
  return { ...(await resolveOnce(scope, among.filter)), nowMs: among.nowMs }
}

async function readChunk(scope: TenantScope, among: Resolved, range: SeqRange): Promise<EventChunk> {
  const filter = among !== 'all' && 'filter' in among ? among : undefined
  const conditions = filter ? filterConditions(filter.filter, filter.nowMs) : []
  const rows = await inTenantSnapshot(scope, async (tx) => {
    const inRange = sql`${events.seq} >= ${range.from} and ${events.seq} < ${range.to}`
    const candidates =
      filter && (conditions.length > 0 || filter.mentions)
        ? await amongCandidates(tx, scope.tenantId, filter.filter, range, filter.nowMs, filter.mentions)
        : inRange
    const chosen = among !== 'all' && 'seqs' in among ? [inArray(events.seq, [...among.seqs])] : []
    return selectRows(tx, and(eq(events.tenantId, scope.tenantId), candidates, ...chosen, ...conditions))
  })
  const last = rows.at(-1)
  const isCut = last && (rows.length === MAX_CHUNK_EVENTS || last.bytes >= MAX_CHUNK_BYTES)
  return { rows, looked: isCut ? { from: range.from, to: last.seq + 1 } : range }
}

/** How many seqs the next statement looks at: more where little passes. */
function nextSpan(among: Among, span: number, { rows, looked }: EventChunk): number {
  if (among === 'all' || looked.to - looked.from < span) return span
  return rows.length <= MAX_CHUNK_EVENTS / 4 ? Math.min(span * 2, MAX_SPAN) : span
}

/**
 * Events of a range with their secrets, in order, chunk by chunk, empty ones too. Each chunk is a transaction of its
 * own; the next one is read while the caller works on this one, and none further ahead.
 */
export async function* readEventChunks(
  scope: TenantScope,
  among: Among,
  { from, to }: SeqRange,
): AsyncGenerator<EventChunk> {
  requirePermission(scope, 'events:read')
  if (from >= to) return
  const resolved = await resolve(scope, among)
  let span = among !== 'all' && 'seqs' in among ? to - from : MAX_CHUNK_EVENTS
  const read = (start: number) => {
    const reading = readChunk(scope, resolved, { from: start, to: Math.min(start + span, to) })
    // Looked at when its turn comes; until then its failure is nobody's unhandled rejection.
    reading.catch(() => {})
    return reading
  }
  let reading: Promise<EventChunk> | undefined = read(from)
  while (reading) {
    const chunk: EventChunk = await reading
    span = nextSpan(among, span, chunk)
    reading = chunk.looked.to < to ? read(chunk.looked.to) : undefined
    yield chunk
  }
}
