import { backoffMs } from './backoff'
import { type BreakerState, opensAfterFailure } from './breaker'
import type { Outcome } from './outcome'

/**
 * More refused events than this in ten minutes, or in a row, are not bad events but a wrong configuration:
 * the trail must not be emptied into dead letters.
 */
const MAX_DEAD = 20
/** So many failures in a row are no passing trouble; if the last had no answer, the batch may be the cause. */
const SPLIT_AFTER = 3
/** Until those in front have been acknowledged or sent again; nothing is wrong with the receiver. */
const POSTPONE_MS = 1_000

/** What an outcome means for the stream. */
export type Ruling =
  | { kind: 'delivered' }
  /** Taken, and safe once it is acknowledged; without `ackId` once those in front of it are. */
  | { kind: 'accepted'; ackId: string | null }
  /** The cursor stays; the same batch goes again after the delay. */
  | { kind: 'held'; delayMs: number; message: string }
  /**
   * Refused as a whole: on with at most `limit` events, until the bad one stands alone. With a delay it was the
   * receiver instead: later with fewer, until a single event probes whether anything gets through.
   */
  | { kind: 'split'; limit: number; delayMs?: number }
  /** A bad event behind batches that are not safe yet: it can't be passed over before they are. */
  | { kind: 'postponed'; delayMs: number }
  | { kind: 'dead' }
  | { kind: 'disabled' }
  | { kind: 'released' }

export type Circumstances = BreakerState & {
  /** Of the batch, without those that arrived all the same. */
  events: number
  /** Whether a frozen batch may go on in smaller ones. */
  maySplit: boolean
  /** Whether it begins at the cursor. */
  isFirst: boolean
  deadRun: number
  /** Dead letters of the last ten minutes; none count where they are tried again. */
  recentDead: number
  /** In [0, 1). */
  random: number
}

/** Decides. Pure. */
export function rule(outcome: Outcome, now: Circumstances): Ruling {
  const { verdict } = outcome
  if (verdict === 'delivered') return now.isFirst ? { kind: 'delivered' } : { kind: 'accepted', ackId: null }
  if (verdict === 'accepted') return { kind: 'accepted', ackId: outcome.ackId }
  if (verdict === 'aborted') return { kind: 'released' }
  if (verdict === 'gone') return { kind: 'disabled' }
  return verdict === 'failed' ? ruleFailure(outcome, now) : ruleRefusal(outcome, now)
}

function delayAfter(now: Circumstances, retryAfterMs = 0): { delayMs: number } {
  return { delayMs: backoffMs(now.consecutiveFailures + 1, now.random, retryAfterMs) }
}

function ruleFailure(outcome: Outcome & { verdict: 'failed' }, now: Circumstances): Ruling {
  const { message, mayBeTooLarge, taken = 0 } = outcome
  const delay = delayAfter(now, outcome.retryAfterMs)
  const canSplit = now.maySplit && now.events > 1
  if (canSplit && opensAfterFailure(now)) return { kind: 'split', limit: 1, ...delay }
  const isTooLarge = mayBeTooLarge && now.consecutiveFailures + 1 >= SPLIT_AFTER
  if (canSplit && isTooLarge) return { kind: 'split', limit: nextLimit(now.events), ...delay }
  if (now.maySplit && taken > 0) return { kind: 'split', limit: now.events, ...delay }
  return { kind: 'held', message, ...delay }
}

function ruleRefusal(outcome: Outcome & { verdict: 'refused' }, now: Circumstances): Ruling {
  const { message, index, taken = 0 } = outcome
  if (!now.maySplit) {
    const words = `${message} It is never divided, so everything waits until the receiver takes it.`
    return { kind: 'held', message: words, ...delayAfter(now) }
  }
  const bad = index === undefined ? undefined : index - taken
  if (now.events > 1 || taken > 0) return { kind: 'split', limit: nextLimit(now.events, bad) }
  if (!now.isFirst) return { kind: 'postponed', delayMs: POSTPONE_MS }
  if (now.deadRun < MAX_DEAD && now.recentDead < MAX_DEAD) return { kind: 'dead' }
  const words = `${message} ${MAX_DEAD} events were refused already, so the configuration seems wrong.`
  return { kind: 'held', message: words, ...delayAfter(now) }
}

/** The events before the one that the receiver named, or half of them where it named none. */
function nextLimit(events: number, index?: number): number {
  const before = index !== undefined && index >= 0 && index < events ? index : Math.floor(events / 2)
  return Math.max(1, before)
}
