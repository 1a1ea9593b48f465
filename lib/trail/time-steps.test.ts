import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseStep } from './time-steps'

test.each([
  [0, 3_600_000, 60, 120_000],
  [0, 3_599_999, 60, 60_000],
  [0, 86_400_000 * 90, 60, 86_400_000 * 2],
  [5, 5, 60, 1],
  [-86_400_000, 86_400_000 * 500, 1, 86_400_000 * 501 + 1],
])('from %d to %d in %d bars are steps of %d ms', (first, last, bars, stepMs) => {
  expect(chooseStep(first, last, bars).stepMs).toBe(stepMs)
})

test('whatever the span, the bars are few, begin at even moments and hold first and last', () => {
  const moment = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 })
  fc.assert(
    fc.property(moment, moment, fc.integer({ min: 2, max: 500 }), (a, b, wanted) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)]
      const { start, stepMs, bars } = chooseStep(first, last, wanted)
      expect(bars).toBeLessThanOrEqual(wanted)
      expect(Math.abs(start % stepMs)).toBe(0)
      expect(start).toBeLessThanOrEqual(first)
      expect(start + bars * stepMs).toBeGreaterThan(last)
    }),
  )
})
