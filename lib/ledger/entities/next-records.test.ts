import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GivenRecord } from './given-record'
import { clipRecords, holdsAt, joinRecords, type LedgerRecord, overlaps } from './ledger-record'
import { type ChangeWay, endRecords, nextRecords } from './next-records'

const record = (from: number | null, to: number | null, email: string): LedgerRecord => ({
  ...{ from, to, displayName: 'Ann', links: {} },
  attributes: { email },
})

const given = (row: Partial<GivenRecord> & { names?: string[] }): GivenRecord => ({
  ...{ from: null, to: null, displayName: null, attributes: {}, links: {} },
  columns: new Set(row.names ?? ['key', 'display_name', 'email', 'valid_from', 'valid_to']),
  ...row,
})

const next = (old: LedgerRecord[], rows: GivenRecord[], way: Partial<ChangeWay> = {}) =>
  nextRecords('identity', 'ann', old, rows, { mode: 'delta', effectiveFrom: null, ...way })

const shown = (records: readonly LedgerRecord[]) =>
  records.map(({ from, to, attributes }) => [from, to, attributes.email ?? ''])

test('what holds from a date on ends there what was known, and keeps it', () => {
  const rows = [given({ displayName: 'Ann', attributes: { email: 'new' } })]
  for (const mode of ['full', 'delta'] as const)
    expect(shown(next([record(null, null, 'old')], rows, { mode, effectiveFrom: 10 }))).toEqual([
      [null, 10, 'old'],
      [10, null, 'new'],
    ])
})

test('without a date it was always so', () => {
  const old = [record(null, 5, 'older'), record(5, null, 'old')]
  const rows = [given({ displayName: 'Ann', attributes: { email: 'new' } })]
  for (const mode of ['full', 'delta'] as const)
    expect(shown(next(old, rows, { mode }))).toEqual([[null, null, 'new']])
})

test('a row that says from when on it holds keeps what was before, also in a delta without a date', () => {
  const rows = [given({ from: 7, displayName: 'Ann', attributes: { email: 'new' } })]
  expect(shown(next([record(null, null, 'old')], rows))).toEqual([
    [null, 7, 'old'],
    [7, null, 'new'],
  ])
})

test('a delta leaves what it has no column for, at each time', () => {
  const old: LedgerRecord[] = [
    { ...record(null, 5, 'a'), attributes: { email: 'a', team: '1' } },
    { ...record(5, 20, 'b'), attributes: { email: 'b', team: '2' }, links: { groups: ['g'] } },
  ]
  const rows = [given({ attributes: { team: '3' }, names: ['key', 'team'] })]
  expect(next(old, rows)).toEqual([
    { ...old[0], attributes: { email: 'a', team: '3' } },
    { ...old[1], attributes: { email: 'b', team: '3' } },
  ])
  expect(
    next(old, rows, { effectiveFrom: 10 }).map(({ from, to, attributes }) => [from, to, attributes.team]),
  ).toEqual([
    [null, 5, '1'],
    [5, 10, '2'],
    [10, 20, '3'],
  ])
  const blank = [given({ names: ['key', 'email'] })]
  expect(next(old, blank).map(({ attributes }) => attributes)).toEqual([{ team: '1' }, { team: '2' }])
})

test('whoever was gone is back from the date on, with what was known at last', () => {
  const rows = [given({ attributes: { team: '3' }, names: ['key', 'team'] })]
  expect(next([record(null, 5, 'a')], rows, { effectiveFrom: 10 })).toEqual([
    record(null, 5, 'a'),
    { ...record(10, null, 'a'), attributes: { email: 'a', team: '3' } },
  ])
})

test('rows that were over before the date say nothing', () => {
  expect(next([], [given({ to: 5 })], { mode: 'full', effectiveFrom: 10 })).toEqual([])
  expect(endRecords([record(null, 5, 'a')], 10)).toEqual([record(null, 5, 'a')])
  expect(endRecords([record(null, 5, 'a')], null)).toEqual([])
})

const bound = fc.integer({ min: 0, max: 20 })
const histories = fc
  .uniqueArray(bound, { minLength: 1, maxLength: 6 })
  .chain((bounds) => {
    const sorted = [null, ...bounds.sort((a, b) => a - b), null]
    const pieces = sorted.slice(1).map((to, i) => ({ from: sorted[i] as number | null, to }))
    return fc.tuple(
      ...pieces.map((piece) =>
        fc
          .option(fc.constantFrom('x', 'y', 'z'))
          .map((email) => (email === null ? [] : [record(piece.from, piece.to, email)])),
      ),
    )
  })
  .map((lists) => joinRecords(lists.flat()))
const rowsOf = (records: readonly LedgerRecord[]) =>
  records.map(({ from, to, displayName, attributes }) => given({ from, to, displayName, attributes }))
const ways = fc.record({
  mode: fc.constantFrom('full' as const, 'delta' as const),
  effectiveFrom: fc.option(bound),
})
const emailAt = (records: readonly LedgerRecord[], at: number) =>
  records.find((one) => holdsAt(one, at))?.attributes.email

test('after any change the ledger says what the rows say from their beginning on, and what it said before it', () => {
  fc.assert(
    fc.property(histories, histories, ways, (old, wanted, way) => {
      if (wanted.length === 0) return
      const after = next(old, rowsOf(wanted), way)
      const starts = wanted.map(({ from }) => from ?? way.effectiveFrom ?? Number.NEGATIVE_INFINITY)
      const isWhole = way.mode === 'full' && way.effectiveFrom === null
      const cut = isWhole ? Number.NEGATIVE_INFINITY : Math.min(...starts)
      for (let at = -0.5; at <= 21; at += 0.5)
        expect(emailAt(after, at)).toBe(emailAt(at < cut ? old : startingAt(wanted, way), at))
      for (const [i, one] of after.entries())
        for (const other of after.slice(i + 1)) expect(overlaps(one, other)).toBe(false)
    }),
  )
})

/** Rows without a beginning hold from the date on. */
function startingAt(wanted: readonly LedgerRecord[], { effectiveFrom }: ChangeWay): LedgerRecord[] {
  return wanted.flatMap((one) =>
    one.from === null && effectiveFrom !== null
      ? clipRecords([one], { from: effectiveFrom, to: null })
      : [one],
  )
}

test('the same change twice is the same as once', () => {
  fc.assert(
    fc.property(histories, histories, ways, (old, wanted, way) => {
      if (wanted.length === 0) return
      const once = next(old, rowsOf(wanted), way)
      expect(next(once, rowsOf(wanted), way)).toEqual(once)
    }),
  )
})
