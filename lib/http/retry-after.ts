import type { IncomingHttpHeaders } from 'node:http'

/** Nobody is silent for longer because a receiver asked for it. */
const MAX_RETRY_AFTER_MS = 24 * 3_600_000

/**
 * The wait that an answer asks for (RFC 9110, section 10.2.3), in milliseconds, at most a day; undefined if it
 * asks for none. A date counts from the answer's own `Date`, because the receiver's clock is not ours.
 */
export function readRetryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['retry-after']?.trim()
  if (!text) return undefined
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS)
  const moment = Date.parse(text)
  const now = Date.parse(headers.date ?? '')
  const waitMs = moment - (Number.isNaN(now) ? Date.now() : now)
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), MAX_RETRY_AFTER_MS)
}
