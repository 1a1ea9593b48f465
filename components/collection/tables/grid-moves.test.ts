import { expect, it } from 'vitest'
import { moveBy, stepFrom } from './grid-moves'

const size = { rows: 40, columns: 5 }
const here = { row: 20, column: 2 }

it.each([
  ['ArrowDown', false, 21, 2],
  ['ArrowLeft', true, 20, 0],
  ['End', false, 20, 4],
  ['End', true, 39, 4],
  ['PageDown', false, 35, 2],
  ['PageUp', true, 5, 2],
])('%s leads on, with the control key %s', (key, isFar, row, column) => {
  expect(moveBy(key, isFar, here, size)).toEqual({ row, column })
})

it('stays within the table, and leaves other keys alone', () => {
  expect(moveBy('ArrowUp', false, { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 })
  expect(moveBy('PageDown', false, { row: 39, column: 0 }, size)).toEqual({ row: 39, column: 0 })
  expect(moveBy('x', false, here, size)).toBeUndefined()
})

it('steps over the ends of rows, and not beyond the table', () => {
  expect(stepFrom({ row: 0, column: 4 }, 1, size)).toEqual({ row: 1, column: 0 })
  expect(stepFrom({ row: 1, column: 0 }, -1, size)).toEqual({ row: 0, column: 4 })
  expect(stepFrom({ row: 39, column: 4 }, 1, size)).toBeUndefined()
})
