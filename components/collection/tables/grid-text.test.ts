import { expect, it } from 'vitest'
import { fromClipboard, toClipboard } from './grid-text'

it.each([
  [
    'a\tb\r\nc\td\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['one', [['one']]],
  ['', [['']]],
  [
    'a\t\n\tb',
    [
      ['a', ''],
      ['', 'b'],
    ],
  ],
  ['"two\nlines"\t"a ""quote"""\n', [['two\nlines', 'a "quote"']]],
  ['"no end\tb', [['"no end', 'b']]],
])('reads what a spreadsheet copied: %j', (text, cells) => {
  expect(fromClipboard(text)).toEqual(cells)
})

it('reads back what it copied', () => {
  const cells = [
    ['a\tb', '"'],
    ['', 'x\ny'],
  ]
  expect(fromClipboard(toClipboard(cells))).toEqual(cells)
})
