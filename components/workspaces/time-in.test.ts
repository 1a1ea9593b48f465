import { expect, it } from 'vitest'
import { timeIn } from './time-in'

it('shows the day and the time that it is in the zone', () => {
  const at = new Date('2026-11-21T23:30:00Z')
  expect(timeIn('UTC', at)).toBe('Sat 23:30')
  expect(timeIn('Europe/Berlin', at)).toBe('Sun 00:30')
})
