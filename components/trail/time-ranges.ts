import { splitTime } from '@/components/ui/format-time'

/** Presets of the time range, as the filter's `from` writes them; each ends now. */
export const TIME_RANGES = ['-15m', '-1h', '-24h', '-7d', '-30d', '-90d']

const UNITS: Record<string, string> = { m: 'minute', h: 'hour', d: 'day', w: 'week' }

/** `-24h` in words, or undefined for what is no time back from now. */
export function describeBack(from: string | null): string | undefined {
  const [, count, unit = ''] = /^-(\d+)([mhdw])$/.exec(from ?? '') ?? []
  if (!count) return undefined
  return count === '1' ? `Last ${UNITS[unit]}` : `Last ${count} ${UNITS[unit]}s`
}

/** The range of the address in words, or undefined for all time. */
export function describeRange(params: URLSearchParams, timeZone: string): string | undefined {
  const [from, to] = [params.get('from'), params.get('to')]
  if (!from && !to) return undefined
  const back = describeBack(from)
  if (back && !to) return back
  return [from, to]
    .map((moment) => isoToWallTime(moment, timeZone)?.replace('T', ' ') ?? moment ?? '…')
    .join(' – ')
}

/** A moment as a form's date and time field holds it, in the given zone; undefined if it is none. */
export function isoToWallTime(iso: string | null, timeZone: string): string | undefined {
  if (!iso || iso.startsWith('-') || Number.isNaN(Date.parse(iso))) return undefined
  const { date, time, millis } = splitTime(iso, timeZone)
  return `${date}T${time}${millis === '.000' ? '' : millis}`
}

/** The wall clock's offset from UTC in a zone at a moment. */
function offsetMs(moment: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return Date.parse(`${format.format(moment).replace(' ', 'T')}Z`) - Math.floor(moment / 1000) * 1000
}

const WALL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/

/**
 * A form's date and time without a zone (`2026-11-20T22:37`), read in the given zone, as RFC 3339; anything
 * else comes back unchanged, for the filter to judge.
 */
export function wallTimeToIso(text: string, timeZone: string): string {
  if (!WALL_TIME.test(text)) return text
  const asUtc = Date.parse(`${text}Z`)
  if (Number.isNaN(asUtc)) return text
  // The offset at the guess may be that of the other side of a clock change: the second step settles it.
  const guess = asUtc - offsetMs(asUtc, timeZone)
  return new Date(asUtc - offsetMs(guess, timeZone)).toISOString()
}
