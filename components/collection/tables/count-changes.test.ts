import { expect, it } from 'vitest'
import { changeWords } from './count-changes'

const before = {
  columns: ['id', 'text'],
  rows: [
    ['1', 'a'],
    ['2', 'b'],
    ['3', 'c'],
  ],
}

it.each([
  [
    [
      ['1', 'a'],
      ['2', 'x'],
      ['3', 'c'],
      ['4', 'd'],
    ],
    '1 row added, 1 row changed',
  ],
  [[['1', 'a']], '2 rows removed'],
  [
    [
      ['2', 'b'],
      ['1', 'a'],
      ['3', 'c'],
    ],
    'the order changed',
  ],
  [
    [
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'c'],
    ],
    '',
  ],
])('says what is different: %j', (rows, words) => {
  expect(changeWords(before, { columns: before.columns, rows })).toBe(words)
})

it('says that a column was added', () => {
  const rows = before.rows.map((row) => [...row, ''])
  expect(changeWords(before, { columns: ['id', 'text', 'more'], rows })).toBe('1 column added')
})
