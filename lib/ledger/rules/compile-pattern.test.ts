import { expect, test } from 'vitest'
import { compilePattern } from './compile-pattern'

test('a pattern gives its first group, or all that it found', () => {
  expect(compilePattern('^([^@]+)@').capture('wardog@theshire')).toBe('wardog')
  expect(compilePattern('HR-[0-9]+').capture('Ann (HR-0001)')).toBe('HR-0001')
  expect(compilePattern('^(x)?y').capture('y')).toBeUndefined()
  expect(compilePattern('z').capture('y')).toBeUndefined()
  expect(compilePattern('(?i)^ADM').fits('adm-ann')).toBe(true)
})

test.each([
  ['(a', 'A bracket ( is not closed'],
  ['a)', 'bracket ) is closed that was not opened'],
  ['ab[c', 'A bracket [ is not closed: [c (at letter 3)'],
  ['a**', 'A repetition is repeated: ** (at letter 2)'],
  ['a{2000}', 'more than 1,000 times'],
  ['(?=a)b', 'Looking ahead'],
  ['(a)\\1', 'Nothing is meant by: \\1 (at letter 4)'],
  ['(\\pL{900})', 'too large'],
  ['((a{100}){100}){100}', 'more than 1,000 times'],
])('%s is refused: %s', (source, words) => {
  expect(() => compilePattern(source)).toThrow(words)
})

test.each([
  '(a+)+$',
  '(a|aa)+$',
  '(.*)*x',
  '^(a?){50}a{50}$',
  '(.{0,100}b)+c',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
])('%s takes linear time on what makes others hang', (source) => {
  const { fits } = compilePattern(source)
  const begin = performance.now()
  expect(fits(`${'a'.repeat(1022)}!`)).toBe(false)
  expect(performance.now() - begin).toBeLessThan(2_000)
})

test('texts that are longer than any name are not searched', () => {
  const { fits, capture } = compilePattern('a')
  expect([fits('a'.repeat(1024)), fits('a'.repeat(1025)), capture('a'.repeat(1025))]).toEqual([
    true,
    false,
    undefined,
  ])
})
