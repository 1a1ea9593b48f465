import { describe, expect, it } from 'vitest'
import { parseTheme, parseTimeZone, preferenceCookie } from './preferences'

describe('preferences from cookies', () => {
  it('takes a known zone', () => expect(parseTimeZone('Europe/Zurich')).toBe('Europe/Zurich'))
  it.each([undefined, '', 'Mars/Olympus', '../../etc'])('falls back to UTC for %s', (value) =>
    expect(parseTimeZone(value)).toBe('UTC'),
  )
  it('falls back to the system for an unknown theme', () => expect(parseTheme('"><script>')).toBe('system'))
  it('removes a cookie by an empty value', () => expect(preferenceCookie('a', '')).toContain('max-age=0'))
})
