export type TimeParts = { date: string; time: string; millis: string; zone: string }

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      timeZoneName: 'longOffset',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** The moment as a person in the zone writes it, sortable as text: 2026-11-20, 22:37:59, .123, UTC+02:00. */
export function splitTime(iso: string, timeZone: string): TimeParts {
  if (timeZone === 'UTC') return splitUtc(new Date(iso))
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(new Date(iso))) parts[type] = value
  const zone = (parts.timeZoneName ?? '').replace('GMT', 'UTC')
  return {
    date: `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}:${parts.second}`,
    millis: `.${parts.fractionalSecond}`,
    zone,
  }
}

/** A tenth of the time that `Intl` takes, on pages that show hundreds of times. */
function splitUtc(moment: Date): TimeParts {
  const [date = '', clock = ''] = moment.toISOString().split('T')
  return { date, time: clock.slice(0, 8), millis: clock.slice(8, 12), zone: 'UTC' }
}

export function formatTime(iso: string, timeZone: string): string {
  const { date, time, zone } = splitTime(iso, timeZone)
  return `${date} ${time} ${zone}`
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

/** How long ago, or in how long, in the largest unit that fits: "3 hours ago". */
export function formatRelative(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000)
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(seconds / size), unit)
}

/** A length of time in its two largest units: "2 h 5 min". */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`
  const days = Math.floor(hours / 24)
  return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`
}
