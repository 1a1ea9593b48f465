import { describe, expect, it } from 'vitest'
import { formatDuration, formatRelative, formatTime, splitTime } from './format-time'

const moment = '2026-11-20T22:37:59.123Z'

describe('formatTime', () => {
  it('names the zone', () => expect(formatTime(moment, 'UTC')).toBe('2026-11-20 22:37:59 UTC'))
  it('moves to the next day where it is later', () =>
    expect(formatTime(moment, 'Asia/Kolkata')).toBe('2026-11-21 04:07:59 UTC+05:30'))
  it('writes midnight as 00', () =>
    expect(formatTime('2026-01-01T00:00:00Z', 'UTC')).toBe('2026-01-01 00:00:00 UTC'))
  it('keeps milliseconds apart', () => expect(splitTime(moment, 'UTC').millis).toBe('.123'))
  it('pads early years', () => expect(splitTime('0001-01-01T00:00:00Z', 'UTC').date).toBe('0001-01-01'))
})

describe('formatRelative', () => {
  const now = Date.parse(moment)
  const ago = (seconds: number) => formatRelative(new Date(now - seconds * 1000).toISOString(), now)
  it('takes the largest unit that fits', () => {
    expect(ago(5)).toBe('5 seconds ago')
    expect(ago(3 * 3600 + 59)).toBe('3 hours ago')
    expect(ago(2 * 86_400)).toBe('2 days ago')
  })
  it('knows the future', () => expect(ago(-120)).toBe('in 2 minutes'))
})

describe('formatDuration', () => {
  it('shows two units at most', () => {
    expect(formatDuration(42)).toBe('42 s')
    expect(formatDuration(3600)).toBe('1 h')
    expect(formatDuration(7500)).toBe('2 h 5 min')
    expect(formatDuration(90_000)).toBe('1 d 1 h')
  })
})
