import { forgetTries, networkOf, type Refusal, takeTry } from './try-limit'

/** Somebody who knows their password seldom needs more tries; nobody guesses one with so few. */
const MAX_FAILURES_PER_ACCOUNT = 5
/** An office behind one address has many people, and all of them mistype. */
const MAX_FAILURES_PER_ADDRESS = 50
/** Short: it stops guessing (1,440 tries a day) without keeping anybody out for long. */
const WINDOW_MS = 5 * 60_000

/** What became of asking for a try. */
export type Try = { allowed: true; succeed(): void } | Refusal

/**
 * Asks for one try at an account from an address, and counts it as failed until `succeed` is called. Counted by
 * account *and* address: strangers elsewhere can't lock a person out.
 */
export function startTry(account: string, address: string | undefined, nowMs = Date.now()): Try {
  const network = networkOf(address)
  const accountKey = `${account} ${network}`
  const attempt = takeTry(
    [
      { key: accountKey, max: MAX_FAILURES_PER_ACCOUNT, windowMs: WINDOW_MS },
      { key: network, max: MAX_FAILURES_PER_ADDRESS, windowMs: WINDOW_MS },
    ],
    nowMs,
  )
  if (!attempt.allowed) return attempt
  return {
    allowed: true,
    succeed: () => {
      attempt.giveBack()
      forgetTries(accountKey)
    },
  }
}
