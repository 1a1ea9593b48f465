/** Units that people give a length of time in, longest first. */
export const TIME_UNITS = [
  { seconds: 86_400, label: 'days' },
  { seconds: 3_600, label: 'hours' },
  { seconds: 60, label: 'minutes' },
  { seconds: 1, label: 'seconds' },
] as const

const MINUTE = 60
const isWhole = (text: string) => /^\d{1,12}$/.test(text)

/** The largest unit that a number of seconds is whole in; minutes for none and for what is no number. */
export function unitFor(seconds: string): number {
  const value = isWhole(seconds) ? Number(seconds) : 0
  if (value === 0) return MINUTE
  return TIME_UNITS.find((unit) => value % unit.seconds === 0)?.seconds ?? 1
}

/** A number of seconds in a unit. What is no number stays as it was typed; undefined where it is not whole. */
export function inUnit(seconds: string, unit: number): string | undefined {
  if (!isWhole(seconds)) return seconds
  const value = Number(seconds)
  return value % unit === 0 ? String(value / unit) : undefined
}

/** What was typed, in seconds. What is no number stays as it is, for the server to say so. */
export const fromUnit = (text: string, unit: number): string =>
  isWhole(text.trim()) ? String(Number(text.trim()) * unit) : text
