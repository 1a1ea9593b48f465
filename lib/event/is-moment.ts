/**
 * Whether a text that has the form of RFC 3339 is a moment that PostgreSQL knows too: JavaScript also has a
 * year 0000, and offsets may push a time out of the years 0001–9999.
 */
export function isMoment(value: string): boolean {
  const time = Date.parse(value)
  if (Number.isNaN(time) || value.startsWith('0000')) return false
  const year = new Date(time).getUTCFullYear()
  return year >= 1 && year <= 9999
}
