import { and, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { LEVELS } from '@/lib/event/levels'
import { resolveFilter } from '@/lib/ledger/matched/resolve-filter'
import type { MentionCondition } from '@/lib/ledger/mentions/mention-condition'
import { amongSeqs, lookAmong } from './among-mentioned'
import { type Bitmap, countBits, isEmpty, places, setBit } from './blocks/bitmap'
import { type BlockRow, endOf, readBlockRows } from './blocks/block-row'
import { facetValue } from './blocks/columns'
import { compileFilter } from './blocks/compile-filter'
import { type Match, type SeqRange, searchBlocks } from './blocks/search-blocks'
import { doubtful } from './blocks/truth'
import type { FacetName } from './facet-names'
import type { TrailFilter } from './filter'
import { filterConditions } from './filter-conditions'

/** Doubtful events that one answer checks in the trail itself, some 50 ms; what is then still in doubt isn't counted. */
const MAX_CHECKED = 10_000
/** Events beyond the last block that one answer reads; more only wait there while the index catches up. */
const MAX_LOOSE = 20_000
/** Events in gaps of the index that one answer reads, some 0.3 s until they are filled: the largest row, and half of one. */
const MAX_IN_GAPS = 98_304

/** What an event is counted by. */
export type Counted = { seq: number; at: number } & Record<FacetName, string | null>

/** The events that pass a filter: bits of the block index, and single events beyond its last block. */
export type MatchedEvents = {
  parts: { row: BlockRow; bits: Bitmap }[]
  loose: Counted[]
  /** False if not all could be looked at: then it is some of those that pass. */
  exact: boolean
}

export const countMatched = ({ parts, loose }: MatchedEvents): number =>
  parts.reduce((sum, { bits }) => sum + countBits(bits), loose.length)

/** What `FACET_OF` in the block index says, from the columns, each under its own name. */
const COUNTED_COLUMNS = sql`${events.seq}::float8 as seq, (extract(epoch from ${events.occurredAt}) * 1000)::float8 as at, ${events.level} as level,
  ${events.type} as type, ${events.action} as action, ${events.status} as status,
  coalesce(${events.actorLogin}, ${events.actorIdentity}, ${events.actorId}) as actor,
  ${events.targetType} as "targetType", ${events.source} as source`

type LooseRow = Omit<Counted, 'level'> & { level: number }

/** What is the same for all events of one answer. */
type Search = { tenantId: string; conditions: SQL[]; mentions: MentionCondition | null }

/** The events of a range that pass, read one by one. */
async function readLoose(
  tx: Transaction,
  { tenantId, conditions, mentions }: Search,
  range: SeqRange,
): Promise<Counted[]> {
  const { among } = await lookAmong(tx, tenantId, range, mentions)
  if (!among) return []
  const where = and(sql`${events.tenantId} = ${tenantId}`, among, ...conditions)
  // As it comes from the driver: there may be thousands, and a mapping costs as much as the reading.
  const rows = await tx.execute<LooseRow>(sql`select ${COUNTED_COLUMNS} from ${events} where ${where}`)
  return rows.map((row) => ({
    ...row,
    level: LEVELS[row.level] ?? null,
    actor: facetValue(row.actor),
    targetType: facetValue(row.targetType),
    source: facetValue(row.source),
  }))
}

async function readNextSeq(tx: Transaction, tenantId: string): Promise<number> {
  const [head] = await tx.execute<{ next: number }>(
    sql`select next_seq::float8 as next from trail_heads where tenant_id = ${tenantId}`,
  )
  return head?.next ?? 0
}

/**
 * Looks doubtful events of some rows up in the trail itself, in one statement; those that pass become certain. What
 * the mentions say is never in doubt.
 */
async function check(
  tx: Transaction,
  { tenantId, conditions }: Search,
  doubts: { match: Match; doubt: Bitmap }[],
): Promise<void> {
  if (doubts.length === 0) return
  const seqs = doubts.flatMap(({ match: { row }, doubt }) =>
    places(doubt).map((place) => row.firstSeq + place),
  )
  const found = await tx
    .select({ seq: events.seq })
    .from(events)
    .where(and(sql`${events.tenantId} = ${tenantId}`, amongSeqs(seqs), ...conditions))
  const passed = new Set(found.map(({ seq }) => seq))
  for (const { match, doubt } of doubts)
    for (const place of places(doubt))
      if (passed.has(match.row.firstSeq + place)) setBit(match.truth.certain, place)
}

/**
 * All events of the tenant that pass the filter, newest blocks first. Run it in a transaction with one snapshot. It
 * reads a bounded number of events, whatever the filter; where that is not enough the answer is some of them, and
 * says so.
 */
export async function matchTrail(
  tx: Transaction,
  tenantId: string,
  given: TrailFilter,
  nowMs: number,
): Promise<MatchedEvents> {
  const { filter, mentions } = await resolveFilter(tx, tenantId, given)
  const { rows, end, firstSeq } = await readBlockRows(tx, tenantId)
  const search = { tenantId, conditions: filterConditions(filter, nowMs), mentions }
  const beyond = { from: Math.max(end, firstSeq), to: end + MAX_LOOSE }
  const [loose, nextSeq] = await Promise.all([readLoose(tx, search, beyond), readNextSeq(tx, tenantId)])
  const last = mentions ? Math.min(nextSeq, mentions.window.to) : nextSeq
  const matched: MatchedEvents = { parts: [], loose, exact: last <= beyond.to }
  const range = { from: firstSeq, to: end }
  const condition = compileFilter(filter, nowMs, mentions)
  let left = MAX_CHECKED
  let leftInGaps = MAX_IN_GAPS
  for await (const matches of searchBlocks(tx, tenantId, rows, condition, range, true)) {
    const doubts: { match: Match; doubt: Bitmap }[] = []
    for (const match of matches) {
      const { row, truth } = match
      const doubt = doubtful(truth)
      const count = countBits(doubt)
      if (count > (row.isGap ? leftInGaps : left)) matched.exact = false
      else if (row.isGap) {
        leftInGaps -= count
        const gap = { from: Math.max(row.firstSeq, firstSeq), to: endOf(row) }
        // An event at a time: a long list as arguments of one call would overflow the stack.
        for (const event of await readLoose(tx, search, gap)) matched.loose.push(event)
      } else if (count > 0) {
        left -= count
        doubts.push({ match, doubt })
      }
    }
    await check(tx, search, doubts)
    for (const { row, truth } of matches)
      if (!isEmpty(truth.certain)) matched.parts.push({ row, bits: truth.certain })
  }
  return matched
}
