import { expect, test } from 'vitest'
import { cutLine, oneLine } from './one-line'

test.each([
  ['a\r\nBcc: x', 'a Bcc: x'],
  ['a\u2028-- \u0085b\u0000\tc', 'a -- b c'],
  ['invoice\u202efdp.exe', 'invoice‹U+202E›fdp.exe'],
  ['ad\u200bmin', 'ad‹U+200B›min'],
  ['ad\u200cm\u200din\ufe0f', 'ad‹U+200C›m‹U+200D›in‹U+FE0F›'],
  ['a\u{e0041}b\u3164c\u2800', 'a‹U+E0041›b‹U+3164›c‹U+2800›'],
  ['half\ud800', 'half\ufffd'],
  [`Z${'\u0301'.repeat(500)}algo`, `Z${'\u0301'.repeat(3)}algo`],
])('%j is one line, and nothing in it is hidden', (text, line) => expect(oneLine(text)).toBe(line))

test.each(['👩‍👩‍👧 👩🏽‍💻 ❤️ 1️⃣', 'ünï مرحبا', 'می‌خواهم', 'क्‍ष', 'Zoë 田中'])(
  '%s stays as people write it',
  (text) => expect(oneLine(text)).toBe(text),
)

test('a line is cut between characters, and says so', () => {
  expect([cutLine('abc', 3), cutLine('abcd', 3), cutLine('😀😀😀😀', 3)]).toEqual(['abc', 'ab…', '😀😀…'])
})

test('what was made one line is so already', () => {
  const text = 'a\u202eb \u200d c\u0301\u0301\u0301\u0301'
  expect(oneLine(oneLine(text))).toBe(oneLine(text))
})
