import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatTable } from './format-table'
import { parseCells } from './parse-cells'

const cellsOf = (text: string) => parseCells(text, ';').records.map(({ cells }) => cells)

test('any cells are read back as they were written', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: fc.constantFrom('"', ';', '\n', ',', 'a', ' '), maxLength: 6 }),
  )
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }))
    // A byte order mark at the very beginning, and carriage returns, are no content of a table.
    .filter(([first]) => !first?.[0]?.startsWith('\ufeff'))
  fc.assert(
    fc.property(table, ([columns = [], ...rows]) => {
      const plain = [columns, ...rows].map((cells) => cells.map((text) => text.replaceAll('\r', '')))
      expect(cellsOf(formatTable({ columns: plain[0] ?? [], rows: plain.slice(1) }))).toEqual(plain)
    }),
  )
})

test('a byte order mark and any line ends are passed over, empty lines are counted', () => {
  expect(parseCells('\ufeffa;b\r\n1;2\r\r\n3;"x\r\ny"', ';')).toEqual({
    records: [
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: ['1', '2'] },
      { row: 4, cells: ['3', 'x\ny'] },
    ],
  })
})

test('a quote within a cell is a letter', () => {
  expect(cellsOf('a"b;"c""d"')).toEqual([['a"b', 'c"d']])
})

test.each([
  ['a\n"b;c', 'A quote is opened and never closed. A quote as such is written "".'],
  ['a\n"b"c;d', 'There is text behind a closing quote. A quote as such is written "".'],
])('%j is told with its row', (text, detail) => {
  expect(parseCells(text, ';').unreadable).toEqual({ row: 2, detail })
})

test.each([
  ['one endless line of cells', `"x"${';a'.repeat(500_000)}`],
  ['lines with a quote and no delimiter', 'a"b\n'.repeat(200_000)],
  ['a quote that never closes', `a;"${'""x\n'.repeat(500_000)}`],
])('hostile text is read in one pass: %s', (_, text) => {
  const startMs = performance.now()
  parseCells(text, ';')
  expect(performance.now() - startMs).toBeLessThan(4000)
})
