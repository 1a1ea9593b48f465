import { expect, test } from 'vitest'
import { firstLimit, growLimit } from './batch-limit'

test('batches double while the receiver is quick, grow by one while it is slow, and end at the kind’s bound', () => {
  expect(growLimit(1, 20, 1_000)).toBe(2)
  expect(growLimit(250, 15_000, 1_000)).toBe(500)
  expect(growLimit(250, 15_001, 1_000)).toBe(251)
  expect(growLimit(900, 20, 1_000)).toBe(1_000)
  expect(growLimit(1_000, 29_000, 1_000)).toBe(1_000)
  expect(growLimit(4, 20, 5)).toBe(5)
})

test('a kind that takes any number of events still has a limit that the database can keep', () => {
  const limit = firstLimit(Number.MAX_SAFE_INTEGER)
  expect(limit).toBeLessThan(2 ** 31)
  expect(growLimit(limit, 20, Number.MAX_SAFE_INTEGER)).toBe(limit)
  expect(firstLimit(500)).toBe(500)
})
