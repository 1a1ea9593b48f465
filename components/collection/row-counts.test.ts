import { expect, test } from 'vitest'
import { amount, countsInWords } from './row-counts'

const NONE = { rows: 0, collected: 0, duplicates: 0, filtered: 0, rejected: 0 }

test('parts without rows are left out, and figures are grouped', () => {
  expect(countsInWords({ ...NONE, rows: 6138, collected: 6135, rejected: 3 })).toBe(
    '6,135 collected, 3 rejected',
  )
  expect(countsInWords(NONE)).toBe('no rows')
})

test('one is not many', () => {
  expect([amount(1, 'row'), amount(0, 'row'), amount(2, 'match', 'matches')]).toEqual([
    '1 row',
    '0 rows',
    '2 matches',
  ])
})
