import type { Transaction } from '@/db/client'
import { type Bitmap, isEmpty } from './bitmap'
import { type BlockRow, eventsOf, readWhole } from './block-row'
import { type Condition, leavesOf } from './condition'
import { findTerms } from './find-terms'
import { type Evaluate, prepareLeaf } from './match-leaf'
import { matchMentions } from './match-mentions'
import { pairTermsOf } from './pair-groups'
import { PieceReader } from './piece-reader'
import { readHashTerm } from './tenant-hash'
import { allOf, both, either, negate, noneOf, type Truth, unknownOf } from './truth'

function evaluate(condition: Condition, row: BlockRow, leaves: Map<Condition, Evaluate>): Truth {
  if (condition.kind === 'not') return negate(evaluate(condition.of, row, leaves))
  if (condition.kind === 'all')
    return condition.of.reduce(
      (truth, part) => both(truth, evaluate(part, row, leaves)),
      allOf(eventsOf(row)),
    )
  if (condition.kind === 'any')
    return condition.of.reduce(
      (truth, part) => either(truth, evaluate(part, row, leaves)),
      noneOf(eventsOf(row)),
    )
  return (leaves.get(condition) as Evaluate)()
}

/** False if the row's time alone rules all of its events out. */
function canMatch(row: BlockRow, condition: Condition): boolean {
  if (condition.kind === 'time') return row.minAt < condition.to && row.maxAt >= condition.from
  return condition.kind !== 'all' || condition.of.every((part) => canMatch(row, part))
}

/**
 * What the block index knows of the events of these rows under the condition, row by row: of a gap nothing. Two
 * round trips, whatever the number of rows and terms, and those for the mentions.
 */
export async function matchRows(
  tx: Transaction,
  tenantId: string,
  rows: readonly BlockRow[],
  condition: Condition,
): Promise<Map<BlockRow, Truth>> {
  const inTime = rows.filter((row) => !row.isGap && canMatch(row, condition))
  const mentioned = await matchMentions(tx, tenantId, condition, inTime)
  const candidates = inTime.filter((row) => !mentioned || !isEmpty(mentioned.get(row) as Bitmap))
  const leaves = leavesOf(condition)
  const hashTerm = await readHashTerm(tx, tenantId)
  const parts = leaves.flatMap((leaf) => (leaf.kind === 'part' ? [leaf.part] : []))
  const terms = [
    ...leaves.flatMap((leaf) => (leaf.kind === 'term' ? [hashTerm(leaf.name, leaf.value)] : [])),
    ...parts.flatMap((part) => pairTermsOf(part).terms),
  ]
  const [found, words] = await Promise.all([
    findTerms(tx, tenantId, candidates, terms),
    readWhole(tx, tenantId, 'words', parts.length > 0 ? candidates : []),
  ])
  const reader = new PieceReader()
  const prepared = candidates.map((row) => {
    const known = {
      row,
      reader,
      hashTerm,
      found: found.get(row) ?? new Map(),
      words: words.get(row),
      mentioned: mentioned?.get(row),
    }
    return { row, leaves: new Map(leaves.map((leaf) => [leaf, prepareLeaf(leaf, known)])) }
  })
  await reader.read(tx, tenantId)
  const truths = new Map(prepared.map((each) => [each.row, evaluate(condition, each.row, each.leaves)]))
  const otherwise = (row: BlockRow) => (row.isGap ? unknownOf(eventsOf(row)) : noneOf(eventsOf(row)))
  return new Map(rows.map((row) => [row, truths.get(row) ?? otherwise(row)]))
}
