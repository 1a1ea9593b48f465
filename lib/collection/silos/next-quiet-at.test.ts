import { expect, test } from 'vitest'
import { nextQuietAt } from './next-quiet-at'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const START = Date.parse('2026-03-02T06:00:00Z')
const at = (...afterMs: number[]) => afterMs.map((ms) => new Date(START + ms))
const hoursAfterLast = (arrivals: Date[]) => {
  const quietAt = nextQuietAt(arrivals)
  return quietAt && (quietAt.getTime() - Math.max(...arrivals.map(Number))) / HOUR_MS
}

test('fewer than four deliveries are no rhythm', () => {
  expect(nextQuietAt([])).toBeNull()
  expect(nextQuietAt(at(0, DAY_MS, 2 * DAY_MS))).toBeNull()
  expect(nextQuietAt(at(0, 1_000, 2_000, 3_000, 4_000))).toBeNull()
})

test('a daily file is overdue after two days, in whatever order it is told', () => {
  expect(hoursAfterLast(at(0, DAY_MS, 2 * DAY_MS, 3 * DAY_MS))).toBe(48)
  expect(hoursAfterLast(at(3 * DAY_MS, DAY_MS, 0, 2 * DAY_MS))).toBe(48)
})

test('files of one delivery count as one', () => {
  const days = [0, 1, 2, 3].flatMap((day) => [0, 1, 2].map((minute) => day * DAY_MS + minute * 60_000))
  expect(hoursAfterLast(at(...days))).toBe(48)
})

test('weekends are part of the rhythm', () => {
  const workdays = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11].map((day) => day * DAY_MS)
  expect(hoursAfterLast(at(...workdays))).toBe(6 * 24)
})

test('a pause of long ago is forgotten', () => {
  const since = Array.from({ length: 31 }, (_, day) => (60 + day) * DAY_MS)
  expect(hoursAfterLast(at(0, ...since))).toBe(48)
})

test('nobody is told before an hour has passed', () => {
  const minutes = Array.from({ length: 120 }, (_, minute) => minute * 60_000)
  expect(hoursAfterLast(at(...minutes))).toBe(1)
})
