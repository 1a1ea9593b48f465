import type { EntityType } from '@/lib/ledger/entity-types'
import { type GivenRecord, patchRecords, toRecord } from './given-record'
import { clipRecords, joinRecords, type LedgerRecord } from './ledger-record'

/** `effectiveFrom` in milliseconds, null for what was always so. */
export type ChangeWay = { mode: 'full' | 'delta'; effectiveFrom: number | null }

const saysPeriod = ({ columns }: GivenRecord) => columns.has('valid_from') || columns.has('valid_to')

/** From when on the rows of an entity replace what was known: null is from the beginning. */
function cutOf(given: readonly GivenRecord[], effectiveFrom: number | null): number | null {
  const starts = given.map(({ from }) => from ?? effectiveFrom)
  return starts.includes(null) ? null : Math.min(...(starts as number[]))
}

/** The rows with periods of their own where they say none; empty ones are gone. */
function placed(given: readonly GivenRecord[], effectiveFrom: number | null): GivenRecord[] {
  return given
    .map((row) => ({ ...row, from: row.from ?? effectiveFrom }))
    .filter(({ from, to }) => from === null || to === null || from < to)
}

/** A change that says nothing of periods neither lengthens nor shortens them, unless they were over. */
function patchedInPlace(
  type: EntityType,
  key: string,
  old: readonly LedgerRecord[],
  row: GivenRecord,
): LedgerRecord[] {
  const pieces = clipRecords(old, { from: row.from, to: null })
  if (pieces.length === 0) return patchRecords(type, key, old, row)
  return pieces.flatMap(({ from, to }) => patchRecords(type, key, old, { ...row, from, to }))
}

/**
 * All that is known of an entity once rows that speak of it are taken in; `old` and the answer are in the order of
 * time. In full, without a date, it is what the rows say. Otherwise they replace what was known from the first of
 * them on, and what was known before stays.
 */
export function nextRecords(
  type: EntityType,
  key: string,
  old: readonly LedgerRecord[],
  given: readonly GivenRecord[],
  { mode, effectiveFrom }: ChangeWay,
): LedgerRecord[] {
  if (mode === 'full' && effectiveFrom === null)
    return joinRecords(given.map((row) => toRecord(type, key, row)))
  const cut = cutOf(given, effectiveFrom)
  const kept = cut === null ? [] : clipRecords(old, { from: null, to: cut })
  const fresh = placed(given, effectiveFrom).flatMap((row) => {
    if (mode === 'full') return [toRecord(type, key, row)]
    return old.length > 0 && !saysPeriod(row)
      ? patchedInPlace(type, key, old, row)
      : patchRecords(type, key, old, row)
  })
  return joinRecords([...kept, ...fresh])
}

/** What is left of an entity that a full replacement lacks: what was known before its date. */
export const endRecords = (old: readonly LedgerRecord[], effectiveFrom: number | null): LedgerRecord[] =>
  effectiveFrom === null ? [] : clipRecords(old, { from: null, to: effectiveFrom })
