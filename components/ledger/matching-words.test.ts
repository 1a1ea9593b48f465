import { expect, test } from 'vitest'
import { restWords } from './matching-words'

const since = new Date('2026-11-20T12:00:00Z')
const after = (seconds: number) => since.getTime() + seconds * 1000

test('what is left takes as long as what is done took, by its share', () => {
  expect(restWords({ since, done: 40_000, total: 100_000 }, after(8))).toBe('some 12 s left')
  expect(restWords({ since, done: 99_999, total: 100_000 }, after(20))).toBe('some 1 s left')
})

test('nothing is said before there is a pace', () => {
  expect(restWords({ since, done: 0, total: 10 }, after(60))).toBeNull()
  expect(restWords({ since, done: 5, total: 10 }, after(0.2))).toBeNull()
})
