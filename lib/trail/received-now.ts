/** Verifiers let the clocks of one operator differ by 60 s: an event must not say that it came longer before others. */
const MAX_SET_BACK_MS = 59_000

// On globalThis: the front lane and Next's route handlers are loaded apart, and share one sense of time.
const store = globalThis as unknown as { spoorLatestMs?: number }

/**
 * The moment of receipt: RFC 3339 UTC with three decimals, this machine's clock. Where that is set back by more than
 * a minute, time goes on from a minute before the latest moment given, until the clock has caught up.
 */
export function receivedNow(): string {
  const nowMs = Date.now()
  store.spoorLatestMs = Math.max(store.spoorLatestMs ?? nowMs, nowMs)
  return new Date(Math.max(nowMs, store.spoorLatestMs - MAX_SET_BACK_MS)).toISOString()
}
