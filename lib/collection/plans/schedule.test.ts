import { expect, test } from 'vitest'
import { nextTime, nextTimes, scheduleProblem } from './schedule'

const at = (moment: string) => new Date(moment)
const next = (schedule: string, zone: string, after: string) =>
  nextTime(schedule, zone, at(after))?.toISOString()

test('a schedule goes by the clock of the zone', () => {
  expect(next('30 2 * * *', 'Europe/Berlin', '2026-01-10T12:00:00Z')).toBe('2026-01-11T01:30:00.000Z')
  expect(next('30 2 * * *', 'Europe/Berlin', '2026-07-10T12:00:00Z')).toBe('2026-07-11T00:30:00.000Z')
})

test('a time that clocks leave out when they are set forward comes once they have been, and the next day at its own', () => {
  const times = nextTimes('30 2 * * *', 'Europe/Berlin', at('2026-03-28T12:00:00Z'), 2)
  expect(times.map((time) => time.toISOString())).toEqual([
    '2026-03-29T01:00:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ])
})

test('a time that comes twice when clocks are set back counts once', () => {
  const times = nextTimes('30 2 * * *', 'Europe/Berlin', at('2026-10-24T12:00:00Z'), 2)
  expect(times.map((time) => time.toISOString())).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
  ])
})

test('an hourly schedule has 23 times on the day that is short and 25 on the long one', () => {
  const count = (from: string, to: string) =>
    nextTimes('0 * * * *', 'Europe/Berlin', at(from), 40).filter((time) => time <= at(to)).length
  expect(count('2026-03-28T22:59:00Z', '2026-03-29T21:59:00Z')).toBe(23)
  expect(count('2026-10-24T21:59:00Z', '2026-10-25T22:59:00Z')).toBe(25)
})

test('what was missed does not come back: the next time is after the moment asked for', () => {
  expect(next('*/5 * * * *', 'UTC', '2026-11-21T10:05:00Z')).toBe('2026-11-21T10:10:00.000Z')
})

test.each([
  ['* * * * * *', 'five fields'],
  ['0 2 * *', 'this has 4'],
  ['@daily', 'five fields'],
  ['61 * * * *', 'This is no schedule'],
  ['0 0 30 2 *', 'There is no such time'],
  ['x y z a b', 'This is no schedule'],
  [`0 ${'1,'.repeat(100)}1 * * *`, 'At most'],
])('%s is refused with the reason', (schedule, reason) => {
  expect(scheduleProblem(schedule)).toContain(reason)
})

test.each(['0 2 * * *', '*/15 * * * *', '0 8 * * MON-FRI', '0 0 1 * *'])('%s is a schedule', (schedule) => {
  expect(scheduleProblem(schedule)).toBeUndefined()
})
