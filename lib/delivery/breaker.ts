/** So many failures in a row, and nothing but probes gets through. */
const OPENS_AFTER = 5
/** So many while batches grow again: a receiver that fails now and then would else never get beyond probes. */
const REOPENS_AFTER = 2
/** Or so large a part of the tries of five minutes, if there were enough of them. */
const OPENS_AT_SHARE = 0.7
const MIN_TRIES = 10

export type Breaker = 'closed' | 'open' | 'half_open'

export type BreakerState = {
  breaker: Breaker
  consecutiveFailures: number
  windowTries: number
  windowFailures: number
}

/** Whether one more failure of the receiver opens the breaker, or leaves it open. Pure. */
export function opensAfterFailure(state: BreakerState): boolean {
  const { breaker, consecutiveFailures, windowTries, windowFailures } = state
  const isMostlyFailing =
    windowTries + 1 >= MIN_TRIES && (windowFailures + 1) / (windowTries + 1) >= OPENS_AT_SHARE
  const bound = breaker === 'half_open' ? REOPENS_AFTER : OPENS_AFTER
  return breaker === 'open' || consecutiveFailures + 1 >= bound || isMostlyFailing
}

/** After a success: a probe that got through lets batches grow again, and full ones close the breaker. Pure. */
export function breakerAfterSuccess(breaker: Breaker, isFull: boolean): Breaker {
  if (breaker === 'closed' || isFull) return 'closed'
  return 'half_open'
}
