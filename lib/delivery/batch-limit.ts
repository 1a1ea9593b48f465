import { SEND_TIMEOUT_MS } from './lease-stream'

/** What a new stream's batches may hold; kinds that split nothing are not bound by it. */
export const MAX_BATCH_EVENTS = 1_000
/** Digests count without a bound; the column that remembers the limit has one. */
const MAX_LIMIT = 2 ** 30

/** Events of a stream's first batch at most, where its kind takes `maxEvents`. */
export const firstLimit = (maxEvents: number): number => Math.min(maxEvents, MAX_LIMIT)

/**
 * Events of the next batch at most, after one was taken in `ms`: twice as many. Where that might take longer
 * than a send may, one more, so that a receiver on its limit is not pushed over it with each success.
 */
export function growLimit(limit: number, ms: number, maxEvents: number): number {
  return firstLimit(Math.min(maxEvents, ms > SEND_TIMEOUT_MS / 2 ? limit + 1 : limit * 2))
}
