import { expect, test } from 'vitest'
import { neutralText } from './neutral-text'
import { HOSTILE, readAsMarkup } from './testing/hostile'

test.each(HOSTILE)('%s is only text afterwards', (_, text) => {
  expect(readAsMarkup(text)).not.toEqual([])
  expect(readAsMarkup(neutralText(text, 1_000))).toEqual([])
})

test('also where hostile texts meet in one, and wherever it is cut', () => {
  const all = HOSTILE.map(([, text]) => text)
  const joined = [all.join(''), all.join(' '), all.toReversed().join('/')]
  for (const text of joined)
    for (let max = 1; max < 700; max += 3) {
      const neutral = neutralText(text, max)
      expect(neutral.length).toBeLessThanOrEqual(max)
      expect(readAsMarkup(neutral)).toEqual([])
    }
})

test.each([
  ['jdoe25 signed in', 'jdoe25 signed in'],
  [
    'USER_LOGGED_IN at 22:38:05 (3rd try), 1.5 GB: done.',
    'USER_LOGGED_IN at 22:38:05 (3rd try), 1.5 GB: done.',
  ],
  [
    'from 203.0.113.7 and 2001:db8:85a3::8a2e, fe80::1.',
    'from 203.0.113.7 and 2001:db8:85a3::8a2e, fe80::1.',
  ],
  ['Zoë 田中 👩‍💻 ❤️', 'Zoë 田中 👩‍💻 ❤️'],
  ['C:\\Windows\\system32 costs $5', 'C:\\Windows\\system32 costs $5'],
])('what is harmless stays as it was: %s', (text, expected) => expect(neutralText(text, 200)).toBe(expected))

test.each([
  ['ceo@evil.com', 'ceo＠evil․com'],
  ['https://evil.example/a.b?c=1&d', 'https∶//evil․example/a․b?c=1＆d'],
  ['<!channel> R&D *now*', '‹!channel› R＆D ∗now∗'],
  ['ad\u200bmin', 'ad‹U+200B›min'],
  ['invoice\u202efdp.exe', 'invoice‹U+202E›fdp․exe'],
  ['two\r\n\tlines', 'two lines'],
  ['[x](y) [WARN] a[0]', '[x］(y) [WARN] a[0]'],
])('what is harmless only looks alike: %s', (text, expected) => expect(neutralText(text, 200)).toBe(expected))

test('is cut between characters, and says so', () => {
  expect(neutralText('😀😀😀', 4)).toBe('😀…')
  expect(neutralText('x'.repeat(20_000), 300)).toHaveLength(300)
})

test('marks that would run over other lines are few', () => {
  expect(neutralText(`Z${'\u0301'.repeat(500)}algo`, 300)).toBe(`Z${'\u0301'.repeat(3)}algo`)
})

test('takes no time for a long text made for it', () => {
  const started = performance.now()
  for (const sign of ['_', ':', 'a:', '.', '[', '1.', '\u200d', '\u0301', '$', '$a', '\\', '\\('])
    neutralText(sign.repeat(60_000), 300)
  expect(performance.now() - started).toBeLessThan(1_000)
})
