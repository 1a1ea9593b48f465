/** The first retry comes within so many milliseconds, each later one within twice as many. */
const BASE_MS = 5_000
/** A receiver that is back after a night is noticed within a quarter of an hour. */
const MAX_BACKOFF_MS = 900_000
/** Jitter must not make a retry out of a breath. */
const MIN_BACKOFF_MS = 1_000

/**
 * How long to wait after `failures` failures in a row (1 for the first): anywhere between nothing and the
 * doubled bound ("full jitter"), so that streams which failed together don't come back together. The receiver's
 * own Retry-After is honoured where it is longer. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number, retryAfterMs = 0): number {
  const bound = Math.min(MAX_BACKOFF_MS, BASE_MS * 2 ** (failures - 1))
  return Math.round(Math.max(MIN_BACKOFF_MS, random * bound, retryAfterMs))
}
