import { expect, test } from 'vitest'
import { isTimeZone, TIME_ZONES } from './time-zones'

test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'])(
  '%s is a zone',
  (name) => expect(isTimeZone(name)).toBe(true),
)

test.each(['', 'Berlin', '+01:00', '-05', 'Europe/Atlantis', "UTC'; --", 'posix/UTC'])('%j is none', (name) =>
  expect(isTimeZone(name)).toBe(false),
)

test('what is offered is a zone, once', () => {
  expect(TIME_ZONES.filter((name) => !isTimeZone(name))).toEqual([])
  expect(new Set(TIME_ZONES).size).toBe(TIME_ZONES.length)
  expect(TIME_ZONES.length).toBeGreaterThan(300)
})
