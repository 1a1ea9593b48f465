import { expect, test } from 'vitest'
import { readingInWords } from './reading-words'

test('how a file is read is told in one line', () => {
  const reading = {
    encoding: 'utf-8',
    bomBytes: 3,
    delimiter: '\t',
    quote: '"',
    header: 'first',
    lineEnd: 'lf',
  } as const
  expect(readingInWords(reading, ['a', 'b'])).toBe('UTF-8 with BOM, tab, 2 columns')
  expect(readingInWords({ ...reading, bomBytes: 0, header: 'none' }, null)).toBe('UTF-8, tab, no header')
})
