import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { MentionCondition } from '@/lib/ledger/mentions/mention-condition'
import { amongSeqs, lookAmong } from './among-mentioned'
import { places } from './blocks/bitmap'
import { readBlockRows } from './blocks/block-row'
import { compileFilter } from './blocks/compile-filter'
import { type SeqRange, searchBlocks } from './blocks/search-blocks'
import type { TrailFilter } from './filter'

/** Where more than this share of a range may pass, reading all of it is cheaper than naming those that may. */
const MAX_SHARE = 1 / 8

/**
 * The events of a range that may pass the filter, as a condition on their seq: those that the block index names, or the whole
 * range where that is not indexed or most of it may pass. Of those, only what passes by `mentions`, which no other condition
 * checks. Run it in a transaction with one snapshot.
 */
export async function amongCandidates(
  tx: Transaction,
  tenantId: string,
  filter: TrailFilter,
  range: SeqRange,
  nowMs: number,
  mentions: MentionCondition | null = null,
): Promise<SQL> {
  const whole = async () => (await lookAmong(tx, tenantId, range, mentions)).among ?? sql`false`
  const { rows, end } = await readBlockRows(tx, tenantId)
  // Of a gap the index knows nothing, not even what is mentioned.
  if (end < range.to || (mentions && rows.some((row) => row.isGap))) return whole()
  const seqs: number[] = []
  const most = (range.to - range.from) * MAX_SHARE
  const looks = searchBlocks(tx, tenantId, rows, compileFilter(filter, nowMs, mentions), range, false)
  for await (const matches of looks) {
    for (const { row, truth } of matches)
      for (const place of places(truth.possible, most - seqs.length + 1)) seqs.push(row.firstSeq + place)
    if (seqs.length > most) return whole()
  }
  return amongSeqs(seqs)
}
