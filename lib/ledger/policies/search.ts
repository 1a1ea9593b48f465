import type { Reference } from '@/lib/ledger/matching/references-of'
import type { CompiledFind, CompiledRule } from '@/lib/ledger/rules/compile-rule'
import type { LedgerRecord } from '@/lib/ledger/rules/ledger-record'
import { type Key, toKeys } from './look-up'

/** A rule and what it looks for, by its `finds`: the same for many references. `records` is what was found. */
export type Search = { rule: CompiledRule; wanted: readonly string[]; records: readonly LedgerRecord[] }

const NONE: readonly LedgerRecord[] = []

/** The search of a rule for a reference; undefined where the rule is not for it, or it says nothing of what is compared. */
export function searchOf(rule: CompiledRule, reference: Reference): Search | undefined {
  if (!rule.isFor(reference)) return undefined
  const wanted: string[] = []
  for (const { wantedOf } of rule.finds) {
    const text = wantedOf(reference)
    if (text === undefined) return undefined
    wanted.push(text)
  }
  return { rule, wanted, records: NONE }
}

/** The keys that the comparison at a place of `finds` looks up. */
export function keysOf({ rule, wanted }: Search, place: number): Key[] {
  const { attribute, lookup } = rule.finds[place] as CompiledFind
  return toKeys(rule.entityType, attribute, lookup(wanted[place] as string))
}

/** Whether all comparisons hold for a record: what was looked up may be more. */
export const fits = ({ rule, wanted }: Search, record: LedgerRecord): boolean =>
  rule.takes(record) && rule.finds.every(({ holds }, i) => holds(record, wanted[i] as string))
