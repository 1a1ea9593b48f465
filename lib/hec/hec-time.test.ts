import { expect, test } from 'vitest'
import { readHecTime } from './hec-time'

test.each([
  [1767225600, '2026-01-01T00:00:00.000Z'],
  [1767225600.123, '2026-01-01T00:00:00.123Z'],
  ['1767225600.123456789', '2026-01-01T00:00:00.123456789Z'],
  [' 1767225600.5 ', '2026-01-01T00:00:00.500Z'],
  ['1767225600.', '2026-01-01T00:00:00.000Z'],
  [1767225600123, '2026-01-01T00:00:00.123Z'],
  ['1767225600123456', '2026-01-01T00:00:00.123456Z'],
  ['1767225600123456789', '2026-01-01T00:00:00.123456789Z'],
  [-1.5, '1969-12-31T23:59:58.500Z'],
  [0, '1970-01-01T00:00:00.000Z'],
])('%s is %s', (time, moment) => {
  expect(readHecTime(time)).toBe(moment)
})

test.each([undefined, null, ''])('%s is no time, and no mistake', (time) => {
  expect(readHecTime(time)).toBeUndefined()
})

test.each(['yesterday', '1e9', '2026-01-01', true, {}, [1], '1'.repeat(30), Number.NaN])(
  '%s is refused with code 6',
  (time) => {
    expect(() => readHecTime(time)).toThrow(expect.objectContaining({ code: 6 }))
  },
)
