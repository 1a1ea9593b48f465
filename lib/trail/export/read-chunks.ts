import { and, eq, sql } from 'drizzle-orm'
import { events } from '@/db/schema/events'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { ResolvedFilter } from '@/lib/ledger/matched/resolve-filter'
import { resolveOnce } from '@/lib/ledger/matched/resolve-once'
import { amongCandidates } from '@/lib/trail/candidates'
import type { TrailFilter } from '@/lib/trail/filter'
import { filterConditions } from '@/lib/trail/filter-conditions'
import { STORED_EVENT_LINE, STORED_EVENT_LINE_COLUMNS } from './stored-event-line'

/** Of 600 bytes each 240,000 events/s on two cores; 4,000 give 175,000, because of the round trips (measured). */
const MAX_CHUNK_EVENTS = 10_000
/** Bodies of a chunk. Two chunks are in memory at a time: one that is written, one that is being read. */
const MAX_CHUNK_BYTES = 8 * 1024 * 1024
/** A statement looks at so many events at the most, so that a rare filter doesn't run into the time limit. */
const MAX_SPAN = 160_000

/** The part of a trail to read: seqs above `afterSeq` up to `throughSeq`. Times back from now count from `nowMs`. */
export type MatchingRequest = {
  order: 'asc' | 'desc'
  afterSeq: number
  throughSeq: number
  nowMs: number
}

/** A piece of the range, `fromSeq` to `toSeq`, in which `events` passed: their JSON texts, one a line. */
export type MatchingChunk = { lines: string; events: number; fromSeq: number; toSeq: number }

type Span = { fromSeq: number; toSeq: number }
type Row = { events: number; first: number | null; last: number | null; bytes: number | null; lines: string }

/**
 * The events of a range that pass the filter, in order, chunk by chunk, empty ones too. Each chunk is a short
 * transaction of its own; the next one is read while the caller works on this one, and none further ahead.
 */
export async function* readChunks(
  scope: TenantScope,
  filter: TrailFilter,
  request: MatchingRequest,
): AsyncGenerator<MatchingChunk> {
  requirePermission(scope, 'events:read')
  const resolved = await resolveOnce(scope, filter)
  const read = (span: Span) => {
    const reading = readSpan(scope, resolved, request, span)
    // Looked at when its turn comes; until then its failure is nobody's unhandled rejection.
    reading.catch(() => {})
    return { span, reading }
  }
  let size = MAX_CHUNK_EVENTS
  let span = nextSpan(request, undefined, size)
  let current = span && read(span)
  while (current) {
    span = nextSpan(request, current.span, size)
    let ahead = span && read(span)
    const chunk = await current.reading
    const isWhole = chunk.fromSeq === current.span.fromSeq && chunk.toSeq === current.span.toSeq
    size = nextSize(size, chunk, isWhole)
    if (!isWhole) {
      span = nextSpan(request, chunk, size)
      ahead = span && read(span)
    }
    yield chunk
    current = ahead
  }
}

/** The span that follows what was read, of at most `size` seqs; undefined at the range's end. */
function nextSpan(
  { order, afterSeq, throughSeq }: MatchingRequest,
  done: Span | undefined,
  size: number,
): Span | undefined {
  if (order === 'asc') {
    const fromSeq = done ? done.toSeq + 1 : afterSeq + 1
    return fromSeq > throughSeq ? undefined : { fromSeq, toSeq: Math.min(fromSeq + size - 1, throughSeq) }
  }
  const toSeq = done ? done.fromSeq - 1 : throughSeq
  return toSeq <= afterSeq ? undefined : { fromSeq: Math.max(toSeq - size + 1, afterSeq + 1), toSeq }
}

/** Wider where little passes, and as wide as was taken where a chunk was cut. */
function nextSize(size: number, { events: passed, fromSeq, toSeq }: MatchingChunk, isWhole: boolean): number {
  if (!isWhole) return Math.max(1, toSeq - fromSeq + 1)
  return passed <= MAX_CHUNK_EVENTS / 4 ? Math.min(size * 2, MAX_SPAN) : size
}

async function readSpan(
  scope: TenantScope,
  { filter, mentions }: ResolvedFilter,
  { order, nowMs }: MatchingRequest,
  span: Span,
): Promise<MatchingChunk> {
  const bySeq = order === 'asc' ? sql`order by seq` : sql`order by seq desc`
  const range = { from: span.fromSeq, to: span.toSeq + 1 }
  const conditions = filterConditions(filter, nowMs)
  const [row] = await inTenantSnapshot(scope, async (tx) => {
    const among =
      conditions.length === 0 && !mentions
        ? sql`${events.seq} between ${span.fromSeq} and ${span.toSeq}`
        : await amongCandidates(tx, scope.tenantId, filter, range, nowMs, mentions)
    const where = and(eq(events.tenantId, scope.tenantId), among, ...conditions)
    return tx.execute<Row>(sql`
      select count(*)::int as events, min(seq) as first, max(seq) as last, max(bytes) as bytes,
        coalesce(string_agg(line, E'\n' ${bySeq}), '') as lines
      from (
        select seq, bytes, ${STORED_EVENT_LINE} as line
        from (
          select ${STORED_EVENT_LINE_COLUMNS},
            sum(octet_length(body)) over (${bySeq} rows unbounded preceding) as bytes
          from ${events} where ${where} ${bySeq} limit ${MAX_CHUNK_EVENTS}
        ) as matching
        where bytes - octet_length(body) < ${MAX_CHUNK_BYTES}
      ) as ready`)
  })
  if (!row) throw new Error('an aggregate gave no row')
  const isCut = row.events === MAX_CHUNK_EVENTS || Number(row.bytes ?? 0) >= MAX_CHUNK_BYTES
  const { lines, events: passed, first, last } = row
  if (!isCut || first === null || last === null) return { lines, events: passed, ...span }
  return order === 'asc'
    ? { lines, events: passed, fromSeq: span.fromSeq, toSeq: Number(last) }
    : { lines, events: passed, fromSeq: Number(first), toSeq: span.toSeq }
}
