import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isMoment } from '@/lib/event/is-moment'
import { toMoment } from './moment'

test('nanoseconds become RFC 3339 without losing one', () => {
  expect(toMoment(1_767_225_600_123_456_789n)).toBe('2026-01-01T00:00:00.123456789Z')
  expect(toMoment(1_767_225_600_120_000_000n)).toBe('2026-01-01T00:00:00.120Z')
  expect(toMoment(0n)).toBe('1970-01-01T00:00:00.000Z')
  expect(toMoment(-1n)).toBe('1969-12-31T23:59:59.999999999Z')
})

test('every moment that is given is one that the door takes, and has the same milliseconds', () => {
  const nanos = fc.bigInt({ min: -70_000_000_000_000_000_000n, max: 300_000_000_000_000_000_000n })
  fc.assert(
    fc.property(nanos, (value) => {
      const moment = toMoment(value)
      if (moment === undefined) return
      expect(isMoment(moment)).toBe(true)
      expect(Date.parse(moment)).toBe(Number(value / 1_000_000n) - (value % 1_000_000n < 0n ? 1 : 0))
    }),
  )
})
