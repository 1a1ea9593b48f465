import { isExcluding, plainValue } from './trail-url'

/** Chosen values for the narrow place on a filter's button: the value itself, or how many. */
export function summarize(raws: readonly string[]): string | undefined {
  const [first] = raws
  if (first === undefined) return undefined
  if (raws.length > 1) return String(raws.length)
  return isExcluding(first) ? `not ${plainValue(first)}` : plainValue(first)
}
