import { expect, test } from 'vitest'
import { plainLine } from './plain-line'

test('what would break the line, turn it round or hide in it shows itself', () => {
  expect(plainLine('a\r\nb\tc\u2028d', 80)).toBe('a b c d')
  expect(plainLine('pay \u202egnp.exe', 80)).toBe('pay ‹U+202E›gnp.exe')
  expect(plainLine('\u001b[31mred\u0000\u200b', 80)).toBe('[31mred ‹U+200B›')
})

test('letters of all scripts and emoji stay as they are', () => {
  for (const text of ['Zoë öffnete Tür 7', 'שלום', 'می‌خواهم', '👩‍👩‍👧 came'])
    expect(plainLine(text, 80)).toBe(text)
})

test('a long text is cut between two characters', () => {
  expect(plainLine('👍'.repeat(10), 4)).toBe('👍👍👍…')
})
