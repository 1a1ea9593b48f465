import { expect, it } from 'vitest'
import { drawnRows } from './use-row-window'

it('draws what is seen, the row of the cursor, and the gaps between', () => {
  expect(drawnRows(100, 10, 12, 50)).toEqual([
    { gap: 10, before: 10 },
    { row: 10 },
    { row: 11 },
    { gap: 38, before: 50 },
    { row: 50 },
    { gap: 49, before: 100 },
  ])
  expect(drawnRows(2, 0, 30, 0)).toEqual([{ row: 0 }, { row: 1 }])
  expect(drawnRows(0, 0, 30, 0)).toEqual([])
})
