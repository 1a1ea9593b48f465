import { backoffMs } from './backoff'
import type { Outcome } from './outcome'

/**
 * More refused events than this in ten minutes, or in a row, are not bad events but a wrong configuration:
 * the trail must not be emptied into dead letters.
 */
const MAX_DEAD = 20
/** So many failures in a row are no passing trouble; if the last had no answer, the batch may be the cause. */
const SPLIT_AFTER = 3

/** What an outcome means for the stream. */
export type Ruling =
  | { kind: 'delivered' }
  /** The cursor stays; the same batch goes again after the delay. */
  | { kind: 'held'; delayMs: number; message: string }
  /**
   * Refused as a whole: on with at most `limit` events, until the bad one stands alone. With a delay it was too
   * slow instead: later with fewer, until a single event probes whether anything gets through.
   */
  | { kind: 'split'; limit: number; delayMs?: number }
  | { kind: 'dead' }
  | { kind: 'disabled' }
  | { kind: 'released' }

export type Circumstances = {
  events: number
  consecutiveFailures: number
  deadRun: number
  /** Dead letters of the last ten minutes. */
  recentDead: number
  /** In [0, 1). */
  random: number
}

/** Decides. Pure. */
export function rule(outcome: Outcome, now: Circumstances): Ruling {
  const { verdict, message } = outcome
  const failures = now.consecutiveFailures + 1
  const delayMs = (retryAfterMs = 0) => backoffMs(failures, now.random, retryAfterMs)
  if (verdict === 'delivered') return { kind: 'delivered' }
  if (verdict === 'aborted') return { kind: 'released' }
  if (verdict === 'gone') return { kind: 'disabled' }
  if (verdict === 'failed') {
    const isTooLarge = outcome.mayBeTooLarge && now.events > 1 && failures >= SPLIT_AFTER
    const delay = { delayMs: delayMs(outcome.retryAfterMs) }
    return isTooLarge
      ? { kind: 'split', limit: nextLimit(now.events, undefined), ...delay }
      : { kind: 'held', message, ...delay }
  }
  if (now.events > 1) return { kind: 'split', limit: nextLimit(now.events, outcome.index) }
  if (now.deadRun < MAX_DEAD && now.recentDead < MAX_DEAD) return { kind: 'dead' }
  const words = `${message} ${MAX_DEAD} events were refused already, so the configuration seems wrong.`
  return { kind: 'held', delayMs: delayMs(), message: words }
}

/** The events before the one that the receiver named, or half of them where it named none. */
function nextLimit(events: number, index: number | undefined): number {
  const before = index !== undefined && index >= 0 && index < events ? index : Math.floor(events / 2)
  return Math.max(1, before)
}
