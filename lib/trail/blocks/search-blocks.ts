import type { Transaction } from '@/db/client'
import { clip } from './bitmap'
import { type BlockRow, endOf } from './block-row'
import type { Condition } from './condition'
import { matchRows } from './match-rows'
import type { Truth } from './truth'

/** Rows looked at together: two at first, which often suffice, then many, because a look costs two round trips. */
const LOOKS = [2, 48]

export type Match = { row: BlockRow; truth: Truth }
/** From `from` (inclusive) to `to` (exclusive). */
export type SeqRange = { from: number; to: number }

/** What the block index knows of the events in the range, a few rows at a time in reading direction. */
export async function* searchBlocks(
  tx: Transaction,
  tenantId: string,
  rows: readonly BlockRow[],
  condition: Condition,
  { from, to }: SeqRange,
  descending: boolean,
): AsyncGenerator<Match[]> {
  const wanted = rows.filter((row) => endOf(row) > from && row.firstSeq < to)
  if (descending) wanted.reverse()
  for (let at = 0, look = 0; at < wanted.length; look++) {
    const some = wanted.slice(at, at + (LOOKS[Math.min(look, LOOKS.length - 1)] as number))
    at += some.length
    const truths = await matchRows(tx, tenantId, some, condition)
    yield some.map((row) => {
      const truth = truths.get(row) as Truth
      for (const bitmap of [truth.certain, truth.possible])
        clip(bitmap, from - row.firstSeq, to - row.firstSeq)
      return { row, truth }
    })
  }
}
