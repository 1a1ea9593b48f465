import type { LedgerRecord } from '@/lib/ledger/rules/ledger-record'
import type { CompiledEntry } from './compile-policy'
import type { Candidates } from './find-candidates'

/** From `fromMs` (inclusive) to `toMs` (exclusive), in milliseconds since 1970 or ±Infinity. */
export type Period = { fromMs: number; toMs: number }
/** A period in which one entry finds the same entities: one record of each, by key. Several: it is ambiguous. */
export type Winner = Period & { entry: CompiledEntry; records: readonly LedgerRecord[] }

const ALWAYS: Period = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }

export const holdsIn = (record: Period, { fromMs, toMs }: Period): boolean =>
  record.fromMs <= fromMs && toMs <= record.toMs

export const holdsAlways = (record: Period): boolean => holdsIn(record, ALWAYS)

/** A period cut where one of the others begins or ends. */
export function cutPeriod(period: Period, others: readonly Period[]): Period[] {
  if (others.length === 0) return [period]
  const bounds: number[] = []
  const note = (ms: number) => {
    if (period.fromMs < ms && ms < period.toMs && !bounds.includes(ms)) bounds.push(ms)
  }
  for (const { fromMs, toMs } of others) {
    note(fromMs)
    note(toMs)
  }
  if (bounds.length === 0) return [period]
  const from = [period.fromMs, ...bounds.sort((a, b) => a - b)]
  return from.map((fromMs, i) => ({ fromMs, toMs: from[i + 1] ?? period.toMs }))
}

/** At each time, the first of the entries that finds something; in the order of time. `found` is in the policy's. */
export function findWinners(found: readonly Candidates[]): Winner[] {
  const [first] = found
  if (!first) return []
  // Most ledgers say nothing of times, and most names mean one entity.
  if (first.records.length === 1 && holdsAlways(first.records[0] as LedgerRecord))
    return [{ ...ALWAYS, ...first }]
  const winners: Winner[] = []
  let open: Period[] = [ALWAYS]
  for (const { entry, records } of found) {
    const left: Period[] = []
    for (const period of open.flatMap((whole) => cutPeriod(whole, records))) {
      const holding = oneOfEach(records.filter((record) => holdsIn(record, period)))
      if (holding.length > 0) winners.push({ ...period, entry, records: holding })
      else left.push(period)
    }
    open = left
    if (open.length === 0) break
  }
  return winners.sort((a, b) => a.fromMs - b.fromMs)
}

/** Records of the same entity are one candidate; the ledger has no two at a time. */
function oneOfEach(records: readonly LedgerRecord[]): readonly LedgerRecord[] {
  if (records.length <= 1) return records
  const byEntity = new Map(records.map((record) => [record.entityId, record]))
  return [...byEntity.values()].sort(byKey)
}

function byKey(a: LedgerRecord, b: LedgerRecord): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.entityId < b.entityId ? -1 : 1
}
