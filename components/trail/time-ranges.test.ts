import { describe, expect, it } from 'vitest'
import { describeRange, isoToWallTime, wallTimeToIso } from './time-ranges'

describe('wallTimeToIso', () => {
  it('reads the time in the zone shown', () => {
    expect(wallTimeToIso('2026-11-20T22:37', 'UTC')).toBe('2026-11-20T22:37:00.000Z')
    expect(wallTimeToIso('2026-07-01T00:30:15', 'Europe/Zurich')).toBe('2026-06-30T22:30:15.000Z')
    expect(wallTimeToIso('2026-01-01T05:30', 'Asia/Kolkata')).toBe('2026-01-01T00:00:00.000Z')
  })
  it('is right on both sides of a clock change', () => {
    expect(wallTimeToIso('2026-03-29T01:59', 'Europe/Zurich')).toBe('2026-03-29T00:59:00.000Z')
    expect(wallTimeToIso('2026-03-29T03:00', 'Europe/Zurich')).toBe('2026-03-29T01:00:00.000Z')
    expect(wallTimeToIso('2026-10-25T03:30', 'Europe/Zurich')).toBe('2026-10-25T02:30:00.000Z')
  })
  it.each(['', 'yesterday', '2026-11-20T22:37:00Z', '2026-99-99T00:00'])('leaves %s to the filter', (text) =>
    expect(wallTimeToIso(text, 'UTC')).toBe(text),
  )
})

describe('describeRange', () => {
  const words = (query: string, timeZone = 'UTC') => describeRange(new URLSearchParams(query), timeZone)
  it('says nothing for all time', () => expect(words('q=x')).toBeUndefined())
  it('counts back from now', () => {
    expect(words('from=-24h')).toBe('Last 24 hours')
    expect(words('from=-1h')).toBe('Last hour')
  })
  it('names both ends in the zone shown', () =>
    expect(words('from=2026-11-20T22:00:00Z&to=2026-11-21T00:00:00Z', 'Asia/Kolkata')).toBe(
      '2026-11-21 03:30:00 – 2026-11-21 05:30:00',
    ))
  it('leaves an end open', () => expect(words('to=2026-11-21T00:00:00Z')).toBe('… – 2026-11-21 00:00:00'))
  it('repeats what it does not understand', () => expect(words('from=yesterday')).toBe('yesterday – …'))
})

it.each(['2026-03-29T01:30:00.000Z', '2026-03-29T01:30:00.123Z'])('brings %s into a form and back', (iso) => {
  for (const zone of ['UTC', 'Europe/Zurich', 'America/St_Johns'])
    expect(wallTimeToIso(isoToWallTime(iso, zone) ?? '', zone)).toBe(iso)
})
