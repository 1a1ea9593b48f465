const DATE = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:?\d{2})$/

/** Whether the day is in the calendar: JavaScript would take 30 February for 2 March. */
function isDay(text: string): boolean {
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10))
}

/**
 * A time with its offset (RFC 3339), or a day, which is its midnight in UTC, in milliseconds; undefined for all else:
 * `03/01/2026` is March or January.
 */
export function readMoment(text: string): number | undefined {
  if (!isDay(text)) return undefined
  if (DATE.test(text)) return Date.parse(`${text}T00:00:00Z`)
  if (!TIME.test(text)) return undefined
  const time = Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(time) ? undefined : time
}
