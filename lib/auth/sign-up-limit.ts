import { networkOf, type Refusal, takeTry } from './try-limit'

/** An office behind one address may sign up together; a program that fills the database stops here. */
const MAX_SIGN_UPS = 20
/** At 20 in ten minutes an address makes fewer than 3,000 workspaces a day, at the cost of one hash each. */
const WINDOW_MS = 10 * 60_000

/** Asks for one sign-up from an address. All count: a success costs more than a failure. */
export function startSignUp(address: string | undefined, nowMs = Date.now()): { allowed: true } | Refusal {
  const key = `sign-up ${networkOf(address)}`
  return takeTry([{ key, max: MAX_SIGN_UPS, windowMs: WINDOW_MS }], nowMs)
}
