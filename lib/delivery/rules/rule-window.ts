import type { Rule } from './rule'

/** What a rule remembers of one group up to a place of the trail. Times are milliseconds since 1970. */
export type RuleWindow = {
  /** The latest events that no alarm told of, oldest first, one fewer than the rule counts at most. */
  seqs: readonly number[]
  /** When each of them was received; never before the one in front of it. */
  times: readonly number[]
  /** Events before them that a quiet time kept from being told, and the first of those. */
  since: number
  firstSeq: number | null
  firstAtMs: number | null
  /** No further alarm before it; stays until the next one. */
  quietUntilMs: number | null
}

/** So long after a quiet time the next alarm still tells what came in it: as long as the longest rule looks back. */
export const UNTOLD_MS = 7 * 24 * 3_600 * 1_000

export const EMPTY_WINDOW: RuleWindow = {
  seqs: [],
  times: [],
  since: 0,
  firstSeq: null,
  firstAtMs: null,
  quietUntilMs: null,
}

/** From this moment on the window says nothing any more: an event finds the group as if it were the first. Pure. */
export function expiryOf({ times, since, quietUntilMs }: RuleWindow, { withinSeconds }: Rule): number {
  const last = times.at(-1)
  const outOfSight = last === undefined ? Number.NEGATIVE_INFINITY : last + withinSeconds * 1_000 + 1
  if (quietUntilMs === null) return outOfSight
  const isUntold = since > 0 || (times[0] ?? quietUntilMs) < quietUntilMs
  return Math.max(outOfSight, quietUntilMs + (isUntold ? UNTOLD_MS : 0))
}
