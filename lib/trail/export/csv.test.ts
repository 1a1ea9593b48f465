import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCsvLine } from './csv'

/** A reader of RFC 4180 of its own, cell by cell. */
function readCsvLine(line: string): string[] {
  const cells: string[] = []
  const text = line.slice(0, -2)
  for (let at = 0; at <= text.length; ) {
    const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|$)/y
    cell.lastIndex = at
    const [whole = '', value = ''] = cell.exec(text) ?? []
    cells.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    at += Math.max(1, whole.length)
    if (!whole.endsWith(',')) break
  }
  return cells
}

const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '"', ',', '\n'), fc.string())
    .map(([first, rest]) => first + rest),
)

test('no cell begins as a formula, however it is quoted, and nothing else of it changes', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
      const line = toCsvLine(cells)
      expect(line.endsWith('\r\n')).toBe(true)
      const read = readCsvLine(line)
      expect(read.map((text) => /^[=+\-@\t\r]/.test(text))).not.toContain(true)
      expect(read).toEqual(cells.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)))
    }),
    { numRuns: 2000 },
  )
})

test('numbers are written as numbers, also negative ones', () => {
  expect(toCsvLine([-1, 0, 'a'])).toBe('-1,0,a\r\n')
})
