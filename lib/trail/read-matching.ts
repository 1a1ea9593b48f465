import { and, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events, trailHeads } from '@/db/schema/events'
import { resolveFilter } from '@/lib/ledger/matched/resolve-filter'
import { clipRange, type MentionCondition } from '@/lib/ledger/mentions/mention-condition'
import { amongSeqs, lookAmong } from './among-mentioned'
import { places } from './blocks/bitmap'
import { type BlockRow, endOf, readBlockRows } from './blocks/block-row'
import { compileFilter } from './blocks/compile-filter'
import { type SeqRange, searchBlocks } from './blocks/search-blocks'
import type { TrailFilter } from './filter'
import { filterConditions } from './filter-conditions'
import { STORED_EVENT_COLUMNS } from './stored-event-row'

/** Events looked at one by one before the block index is asked: filters that many events pass need no more. */
const NEAREST = 1_000
/** Events beyond the last block that one statement looks at. */
const SCAN = 8_192
/** Candidates of the block index that one statement checks: few at first, four times as many each time none fits. */
const FIRST_CHECK = 256
const MAX_CHECK = 4_096
/** Events looked at for one answer, some 0.1 s: where they don't fill it, it ends early and says where to go on. */
const MAX_LOOKED_AT = 30_000

export type MatchRequest = {
  tenantId: string
  filter: TrailFilter
  /** What to read, `from` inclusive; without `to` up to the end of the trail. */
  from: number
  to?: number | undefined
  descends: boolean
  /** What times back from now count from, in milliseconds since 1970. */
  nowMs: number
  /** Events wanted, and bytes of bodies after which the answer ends early. */
  limit: number
  maxBytes: number
}

/** `rows` in reading direction, and what has not been looked at: null if everything was. */
export type Matching = { rows: MatchedRow[]; rest: SeqRange | null }
export type MatchedRow = Awaited<ReturnType<typeof readRows>>[number]

/**
 * Events to look among (null: none), how many they are, and the edge in reading direction up to which all have then
 * been seen.
 */
type Stretch = { among: SQL | null; looks: number; edge: number }

/** A request whose entities were resolved. */
type Search = MatchRequest & { mentions: MentionCondition | null }

/** Rows among `among`, each with the bytes of all bodies up to it; none after those have reached the bound. */
async function readRows(
  tx: Transaction,
  { tenantId, descends }: MatchRequest,
  conditions: SQL[],
  { limit, maxBytes }: { limit: number; maxBytes: number },
) {
  const order = descends ? sql`${events.seq} desc` : sql`${events.seq}`
  const size = sql`octet_length(${events.body})`
  const sizes = sql<number>`(sum(${size}) over (order by ${order} rows unbounded preceding))::int`
  const matching = tx
    .select({ ...STORED_EVENT_COLUMNS, bytes: sizes.as('bytes'), size: sql<number>`${size}`.as('size') })
    .from(events)
    .where(and(sql`${events.tenantId} = ${tenantId}`, ...conditions))
    .orderBy(order)
    .limit(limit)
    .as('matching')
  return tx
    .select()
    .from(matching)
    .where(sql`${matching.bytes} - ${matching.size} < ${maxBytes}`)
    .orderBy(descends ? sql`${matching.seq} desc` : sql`${matching.seq}`)
}

/** A range in steps of so many events, in reading direction. */
async function* scan(
  tx: Transaction,
  { tenantId, descends, mentions }: Search,
  { from, to }: SeqRange,
  step: number,
): AsyncGenerator<Stretch> {
  if (descends)
    for (let edge = to; edge > from; edge -= step) {
      const start = Math.max(from, edge - step)
      yield { ...(await lookAmong(tx, tenantId, { from: start, to: edge }, mentions)), edge: start }
    }
  else
    for (let edge = from; edge < to; edge += step) {
      const end = Math.min(to, edge + step)
      yield { ...(await lookAmong(tx, tenantId, { from: edge, to: end }, mentions)), edge: end }
    }
}

/** The candidates that the block index has in a range; of a gap, where it knows nothing, what the mentions let through. */
async function* lookUp(
  tx: Transaction,
  search: Search,
  rows: readonly BlockRow[],
  range: SeqRange,
): AsyncGenerator<Stretch> {
  const { tenantId, filter, nowMs, descends, mentions } = search
  const condition = compileFilter(filter, nowMs, mentions)
  const looks = searchBlocks(tx, tenantId, rows, condition, range, descends)
  const stretch = (seqs: number[]): Stretch => {
    const last = seqs.at(-1) as number
    return { among: amongSeqs(seqs), looks: seqs.length, edge: descends ? last : last + 1 }
  }
  let check = FIRST_CHECK
  for await (const matches of looks) {
    // Across the rows of a look: most have a false hit or two, and a statement for each would be the dear part.
    let seqs: number[] = []
    for (const { row, truth } of matches) {
      if (row.isGap && mentions) {
        if (seqs.length > 0) yield stretch(seqs)
        seqs = []
        yield* scan(tx, search, clipRange({ from: row.firstSeq, to: endOf(row) }, range), SCAN)
        continue
      }
      for (const place of places(truth.possible, Number.POSITIVE_INFINITY, descends)) {
        seqs.push(row.firstSeq + place)
        if (seqs.length < check) continue
        yield stretch(seqs)
        seqs = []
        check = Math.min(check * 4, MAX_CHECK)
      }
    }
    if (seqs.length > 0) yield stretch(seqs)
  }
}

/** All events of the range in reading direction: the nearest and those beyond the last block one by one. */
async function* stretches(tx: Transaction, search: Search, { from, to }: SeqRange): AsyncGenerator<Stretch> {
  const { descends, tenantId } = search
  const near = descends ? Math.max(from, to - NEAREST) : Math.min(to, from + NEAREST)
  yield* scan(tx, search, descends ? { from: near, to } : { from, to: near }, NEAREST)
  const rest = descends ? { from, to: near } : { from: near, to }
  if (rest.from >= rest.to) return
  const { rows, end } = await readBlockRows(tx, tenantId)
  const indexed = Math.min(Math.max(end, rest.from), rest.to)
  if (descends) yield* scan(tx, search, { from: indexed, to: rest.to }, SCAN)
  yield* lookUp(tx, search, rows, { from: rest.from, to: indexed })
  if (!descends) yield* scan(tx, search, { from: indexed, to: rest.to }, SCAN)
}

/** Where the trail begins and ends: below and beyond it there is nothing to look for. */
async function readEnds(tx: Transaction, tenantId: string): Promise<SeqRange> {
  const [head] = await tx
    .select({ from: trailHeads.firstSeq, to: trailHeads.nextSeq })
    .from(trailHeads)
    .where(sql`${trailHeads.tenantId} = ${tenantId}`)
  return head ?? { from: 0, to: 0 }
}

/**
 * The first events in reading direction that pass the filter. Run it in a transaction with one snapshot: the block
 * index may be rebuilt meanwhile. Reads a bounded number of events, so it may end early, with a `rest`.
 */
export async function readMatching(tx: Transaction, request: MatchRequest): Promise<Matching> {
  const { tenantId, descends, limit, maxBytes } = request
  const { filter, mentions } = await resolveFilter(tx, tenantId, request.filter)
  const search: Search = { ...request, filter, mentions }
  const conditions = filterConditions(filter, request.nowMs)
  const isPlain = conditions.length === 0 && mentions === null
  const ends = await readEnds(tx, tenantId)
  const wanted = { from: Math.max(request.from, ends.from), to: Math.min(request.to ?? ends.to, ends.to) }
  // What is not matched yet has not been looked at: a reader who goes on from here gets it once it is.
  const range = mentions ? clipRange(wanted, mentions.window) : wanted
  const rows: MatchedRow[] = []
  let bytes = 0
  let looked = 0
  const restAt = (edge: number): SeqRange | null => {
    const rest = descends ? { from: range.from, to: edge } : { from: edge, to: range.to }
    return rest.from < rest.to ? rest : null
  }
  const sources = isPlain ? scan(tx, search, range, Number.MAX_SAFE_INTEGER) : stretches(tx, search, range)
  for await (const { among, looks, edge } of sources) {
    const bounds = { limit: limit - rows.length, maxBytes: maxBytes - bytes }
    const found = among ? await readRows(tx, request, [among, ...conditions], bounds) : []
    rows.push(...found)
    bytes += found.at(-1)?.bytes ?? 0
    const last = rows.at(-1)
    if (last && (rows.length >= limit || bytes >= maxBytes))
      return { rows, rest: restAt(descends ? last.seq : last.seq + 1) }
    looked += looks
    if (looked >= MAX_LOOKED_AT && !isPlain) return { rows, rest: restAt(edge) }
  }
  return { rows, rest: null }
}
