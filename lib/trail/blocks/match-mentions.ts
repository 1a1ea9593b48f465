import type { Transaction } from '@/db/client'
import type { Range } from '@/lib/ledger/mentions/mention-condition'
import { readPassing } from '@/lib/ledger/mentions/read-passing'
import type { Bitmap } from './bitmap'
import { type BlockRow, endOf, readWhole } from './block-row'
import { decodeTimes } from './columns'
import type { Condition } from './condition'

type RowRange = Range & { row: BlockRow }

/** When events occurred, from the rows' own columns: only of rows in which that matters. */
async function readRowTimes(tx: Transaction, tenantId: string, wanted: readonly Range[]) {
  const rows = wanted.map((range) => (range as RowRange).row)
  const columns = await readWhole(tx, tenantId, 'times', rows)
  const times = new Map<Range, Float64Array>(
    wanted.map((range, i) => {
      const row = rows[i] as BlockRow
      return [range, decodeTimes(columns.get(row) as Buffer, row.blocks)]
    }),
  )
  return (range: Range, place: number): number => times.get(range)?.[place] ?? Number.NaN
}

/** The events of each row that pass by what the mentions say of them; undefined if the condition doesn't ask these. */
export async function matchMentions(
  tx: Transaction,
  tenantId: string,
  condition: Condition,
  rows: readonly BlockRow[],
): Promise<Map<BlockRow, Bitmap> | undefined> {
  const leaf = condition.kind === 'all' && condition.of.find((part) => part.kind === 'mention')
  if (!leaf) return undefined
  const ranges = rows.map((row): RowRange => ({ from: row.firstSeq, to: endOf(row), row }))
  const passing = await readPassing(tx, tenantId, leaf.of, ranges, (wanted) =>
    readRowTimes(tx, tenantId, [...wanted.keys()]),
  )
  return new Map(ranges.map((range) => [range.row, passing.get(range) as Bitmap]))
}
