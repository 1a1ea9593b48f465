import { expect, it } from 'vitest'
import { placeOf, problemsByCell } from './cell-problems'

const columns = ['eventid', 'log_date']
const wrong = (row: number, column?: string) => ({
  row,
  column,
  detail: 'Wrong.',
  severity: 'error' as const,
})

it('finds the cell of a problem: rows count from the header on', () => {
  expect(placeOf(wrong(2, 'log_date'), columns)).toEqual({ row: 0, column: 1 })
  expect(placeOf(wrong(9), columns)).toEqual({ row: 7, column: 0 })
  expect(placeOf(wrong(1, 'log_dat'), columns)).toBeUndefined()
})

it('puts several problems of one cell together', () => {
  const byCell = problemsByCell([wrong(2, 'log_date'), wrong(2, 'log_date'), wrong(1)], columns)
  expect(byCell.get(0)?.get(1)).toBe('Wrong. Wrong.')
  expect(byCell.size).toBe(1)
})
