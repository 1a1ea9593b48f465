import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { places } from './blocks/bitmap'
import { readBlockRows } from './blocks/block-row'
import { compileFilter } from './blocks/compile-filter'
import { type SeqRange, searchBlocks } from './blocks/search-blocks'
import type { TrailFilter } from './filter'

/** Where more than this share of a range may pass, reading all of it is cheaper than naming those that may. */
const MAX_SHARE = 1 / 8

/**
 * The events of a range that may pass the filter, as a condition on their seq: those that the block index names, or the whole
 * range where that is not indexed or most of it may pass. Run it in a transaction with one snapshot.
 */
export async function amongCandidates(
  tx: Transaction,
  tenantId: string,
  filter: TrailFilter,
  range: SeqRange,
  nowMs: number,
): Promise<SQL> {
  const whole = sql`${events.seq} >= ${range.from} and ${events.seq} < ${range.to}`
  const { rows, end } = await readBlockRows(tx, tenantId)
  if (end < range.to) return whole
  const seqs: number[] = []
  const most = (range.to - range.from) * MAX_SHARE
  const looks = searchBlocks(tx, tenantId, rows, compileFilter(filter, nowMs), range, false)
  for await (const matches of looks) {
    for (const { row, truth } of matches)
      for (const place of places(truth.possible, most - seqs.length + 1)) seqs.push(row.firstSeq + place)
    if (seqs.length > most) return whole
  }
  return sql`${events.seq} = any(${`{${seqs.join(',')}}`}::bigint[])`
}
