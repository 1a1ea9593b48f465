import { expect, test } from 'vitest'
import { growLimit } from './batch-limit'

test('batches double while the receiver is quick, grow by one while it is slow, and end at the kind’s bound', () => {
  expect(growLimit(1, 20, 1_000)).toBe(2)
  expect(growLimit(250, 15_000, 1_000)).toBe(500)
  expect(growLimit(250, 15_001, 1_000)).toBe(251)
  expect(growLimit(900, 20, 1_000)).toBe(1_000)
  expect(growLimit(1_000, 29_000, 1_000)).toBe(1_000)
  expect(growLimit(4, 20, 5)).toBe(5)
})
