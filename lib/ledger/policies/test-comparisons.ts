import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntityType } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import type { Reference } from '@/lib/ledger/matching/references-of'
import { compileEntityComparison, compileEventComparison, compileFind } from '@/lib/ledger/rules/compile-rule'
import type { Comparison } from '@/lib/ledger/rules/definition'
import type { LedgerRecord } from '@/lib/ledger/rules/ledger-record'
import { hasKey } from './has-key'
import { type Key, toKeys } from './look-up'
import type { ExplainedComparison } from './policy-view'
import { readRecords } from './read-records'

/** Records that are counted for one comparison; who reads "1,000 or more" knows enough. */
const MAX_COUNTED = 1000

export type Tested = {
  comparisons: Omit<ExplainedComparison, 'text'>[]
  /** Whether a record fits all of them, but holds at other times only. */
  isAtOtherTimes: boolean
}

/** Comparisons one by one: the records that fit it, and those that fit all before it too, at a time. */
export async function testComparisons(
  tx: Transaction,
  tenantId: string,
  type: EntityType,
  comparisons: readonly Comparison[],
  reference: Reference,
  atMs: number,
): Promise<Tested> {
  const tests: Tested['comparisons'] = []
  const earlier: ((record: LedgerRecord) => boolean)[] = []
  /** Records that fit the comparisons so far, at any time; `isMore`: not all of them are here. */
  let left: { records: readonly LedgerRecord[]; isMore: boolean } | undefined
  const holding = (records: readonly LedgerRecord[]) =>
    records.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs).length
  for (const comparison of comparisons) {
    const { keys, holds } = compileTest(comparison, type, reference)
    if (keys === undefined) {
      // Nothing is looked up by it: it only leaves some of what the others find.
      if (left) left = { ...left, records: left.records.filter(holds) }
      const rest = left ? holding(left.records) : 0
      const isMet = comparison.kind === 'event' ? Number(compileEventComparison(comparison)(reference)) : rest
      tests.push({ holds: isMet, left: rest })
      earlier.push(holds)
      continue
    }
    const found = await readFitting(tx, tenantId, keys, holds)
    const isBetter = left === undefined || (left.isMore && !found.isMore)
    const base = isBetter ? found : (left as typeof found)
    earlier.push(holds)
    left = { ...base, records: base.records.filter((record) => earlier.every((fits) => fits(record))) }
    const isMore = found.isMore && { isMore: true as const }
    tests.push({ holds: holding(found.records), ...isMore, left: holding(left.records) })
  }
  const isAtOtherTimes = left !== undefined && left.records.length > 0 && holding(left.records) === 0
  return { comparisons: tests, isAtOtherTimes }
}

type Test = { keys: Key[] | undefined; holds: (record: LedgerRecord) => boolean }

function compileTest(comparison: Comparison, type: EntityType, reference: Reference): Test {
  if (comparison.kind === 'event') {
    const isMet = compileEventComparison(comparison)(reference)
    return { keys: undefined, holds: () => isMet }
  }
  const { attribute } = comparison
  if (comparison.kind === 'entity') {
    const keys = comparison.negate ? undefined : toKeys(type, attribute, { is: [foldText(comparison.text)] })
    return { keys, holds: compileEntityComparison(comparison) }
  }
  const { wantedOf, lookup, holds } = compileFind(comparison)
  const wanted = wantedOf(reference)
  if (wanted === undefined) return { keys: [], holds: () => false }
  return { keys: toKeys(type, attribute, lookup(wanted)), holds: (record) => holds(record, wanted) }
}

async function readFitting(
  tx: Transaction,
  tenantId: string,
  keys: readonly Key[],
  fits: (record: LedgerRecord) => boolean,
): Promise<{ records: LedgerRecord[]; isMore: boolean }> {
  if (keys.length === 0) return { records: [], isMore: false }
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct found.record_id as id from (select v.record_id from ledger_values v
      where v.tenant_id = ${tenantId} and ${hasKey(sql`v`, keys)} limit ${MAX_COUNTED + 1}) found`)
  const ids = rows.slice(0, MAX_COUNTED).map(({ id }) => id)
  const records = [...(await readRecords(tx, tenantId, ids)).values()]
  return { records: records.filter(fits), isMore: rows.length > MAX_COUNTED }
}
