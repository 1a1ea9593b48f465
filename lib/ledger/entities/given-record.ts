import type { EntityType } from '@/lib/ledger/entity-types'
import { NAME_ATTRIBUTE } from '@/lib/ledger/entity-types'
import { type LedgerRecord, type Period, splitPeriod } from './ledger-record'

/** What a row or a form says of an entity. What it doesn't name in `columns` it says nothing about. */
export type GivenRecord = Period & {
  /** Null: none is given, so it is the entity's name or key. */
  displayName: string | null
  attributes: Readonly<Record<string, string>>
  links: Readonly<Record<string, readonly string[]>>
  columns: ReadonlySet<string>
}

/** The record that it makes of an entity of which nothing else is known. */
export const toRecord = (type: EntityType, key: string, given: GivenRecord): LedgerRecord => ({
  from: given.from,
  to: given.to,
  displayName: given.displayName ?? given.attributes[NAME_ATTRIBUTE[type]] ?? key,
  attributes: given.attributes,
  links: given.links,
})

/** Drops what stands in columns that are given, and puts in what they say. */
function patch<T>(
  before: Readonly<Record<string, T>>,
  given: Readonly<Record<string, T>>,
  columns: ReadonlySet<string>,
): Record<string, T> {
  const kept = Object.entries(before).filter(([name]) => !columns.has(name))
  return { ...Object.fromEntries(kept), ...given }
}

function patchRecord(type: EntityType, key: string, before: LedgerRecord, given: GivenRecord): LedgerRecord {
  const attributes = patch(before.attributes, given.attributes, given.columns)
  const links = patch(before.links, given.links, given.columns)
  const whole = toRecord(type, key, { ...given, attributes, links })
  return given.columns.has('display_name') ? whole : { ...whole, displayName: before.displayName }
}

/** The old record to go on from: the one that holds there, else the last before, else the first. */
function baseOf(old: readonly LedgerRecord[], { from }: Period): LedgerRecord | undefined {
  const at = from ?? Number.NEGATIVE_INFINITY
  return old.findLast((record) => (record.from ?? Number.NEGATIVE_INFINITY) <= at) ?? old[0]
}

/**
 * What it makes of what is known: columns that it doesn't have stay as they are at each time. `old` is in the order
 * of time.
 */
export function patchRecords(
  type: EntityType,
  key: string,
  old: readonly LedgerRecord[],
  given: GivenRecord,
): LedgerRecord[] {
  return splitPeriod(given, old).map((piece) => {
    const base = baseOf(old, piece)
    return base
      ? patchRecord(type, key, base, { ...given, ...piece })
      : toRecord(type, key, { ...given, ...piece })
  })
}
