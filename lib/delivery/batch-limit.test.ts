import { expect, test } from 'vitest'
import { growLimit, MAX_BATCH_EVENTS } from './batch-limit'

test('batches double while the receiver is quick, grow by one while it is slow, and end at the bound', () => {
  expect(growLimit(1, 20)).toBe(2)
  expect(growLimit(250, 15_000)).toBe(500)
  expect(growLimit(250, 15_001)).toBe(251)
  expect(growLimit(900, 20)).toBe(MAX_BATCH_EVENTS)
  expect(growLimit(MAX_BATCH_EVENTS, 29_000)).toBe(MAX_BATCH_EVENTS)
})
