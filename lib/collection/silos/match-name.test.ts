import fc from 'fast-check'
import picomatch from 'picomatch'
import { expect, test } from 'vitest'
import { globComplaint, nameMatcher } from './match-name'

const isTaken = (pattern: string, name: string) => nameMatcher(pattern)(name)

test.each([
  ['*', 'security.csv', true],
  ['*', 'logs/security.csv', false],
  ['*', '.security.csv.swp', false],
  ['.*', '.security.csv.swp', true],
  ['*.csv', '.csv', false],
  ['*.csv', 'security.csv', true],
  ['*.csv', 'security.csv.gz', true],
  ['*.csv.gz', 'security.csv.gz', true],
  ['*.csv', 'security.txt', false],
  ['*.CSV', 'security.csv', false],
  ['security-202?-*.{csv,txt}', 'security-2026-11.txt', true],
  ['security-202?-*.{csv,txt}', 'security-20266-11.txt', false],
  ['[a-c]*[!0-9].log', 'b1x.log', true],
  ['[a-c]*[!0-9].log', 'b11.log', false],
  ['[-a].csv', '-.csv', true],
  ['**/*.csv', 'security.csv', true],
  ['**/*.csv', '2026/11/security.csv', true],
  ['**/*.csv', '2026/.hidden/security.csv', false],
  ['2026/**', '2026/11/security.csv', true],
  ['**/11/*.csv', '2026/111/security.csv', false],
  ['sécurité-?.csv', 'sécurité-🔑.csv', true],
  ['a.csv', 'aXcsv', false],
  ['a+(b|b)', 'a+(b|b)', true],
])('%s and %s: %s', (pattern, name, expected) => {
  expect(isTaken(pattern, name)).toBe(expected)
})

test('agrees with picomatch', () => {
  const part = fc.constantFrom('a', 'b', '.', '*', '?', '[ab]', '{a,b.}', 'ab')
  const segment = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
  const pattern = fc
    .array(fc.oneof(segment, fc.constant('**')), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'))
    // Where stars touch each other picomatch has rules of its own, and `**` at the end also takes the folder itself.
    .filter((text) => !/[^/]\*\*|\*\*[^/]|(^|\/)\*\*\/\*\*|\/\*\*$/.test(text))
    .filter((text) => !text.split('/').some((part) => /^(\.|\.\.|\{a,b\.\})$/.test(part)))
  const name = fc.stringMatching(/^[ab.]{1,4}(\/[ab.]{1,4}){0,3}$/)
  const isPath = (text: string) => !text.split('/').some((part) => part === '.' || part === '..')
  fc.assert(
    fc.property(pattern, name.filter(isPath), (given, text) => {
      const oracle = picomatch(given, { noextglob: true, nonegate: true, strictSlashes: true })
      expect(isTaken(given, text)).toBe(oracle(text))
    }),
    { numRuns: 5_000 },
  )
})

test('no pattern takes long', () => {
  const started = performance.now()
  expect(isTaken('*a'.repeat(99), `${'a'.repeat(1_023)}b`)).toBe(false)
  expect(isTaken('{a,*a*a}'.repeat(5), `${'a'.repeat(1_023)}b`)).toBe(false)
  expect(performance.now() - started).toBeLessThan(1_000)
})

test.each([
  ['', /Give a pattern/],
  ['a'.repeat(201), /200/],
  ['a\\b', /backslash/],
  ['/var/log/*', /leading slash/],
  ['../*', /\.\./],
  ['{a', /pairs/],
  ['a}', /pairs/],
  ['{a,{b,c}}', /in braces/],
  ['{a,b}'.repeat(6), /at most 50/],
])('%s is refused with the reason', (pattern, reason) => {
  expect(globComplaint(pattern)).toMatch(reason)
})

test.each(['*', '*.csv', '**/*.{csv,txt}', 'security-20[0-9][0-9].csv'])('%s is fine', (pattern) => {
  expect(globComplaint(pattern)).toBeUndefined()
})

test('a pattern that is long once its braces are spelled out is refused', () => {
  const braces = `{${Array.from({ length: 50 }, (_, i) => i % 10).join(',')}}`
  expect(globComplaint(`${braces}.csv`)).toBeUndefined()
  expect(globComplaint(`${braces}${'*a'.repeat(45)}`)).toContain('too long')
})
