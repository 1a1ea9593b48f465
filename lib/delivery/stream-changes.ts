import { sql } from 'drizzle-orm'
import { deliveryStreams } from '@/db/schema/delivery'
import { growLimit } from './batch-limit'
import { breakerAfterSuccess, opensAfterFailure } from './breaker'
import type { LeasedStream } from './lease-stream'
import { AFTER_SUCCESS } from './lifecycle/failure-reset'
import type { Outcome } from './outcome'
import type { Ruling } from './ruling'
import type { StreamChanges } from './update-leased'

const s = deliveryStreams

/** A failure counts as a new one, apart from the one before, if it comes so many hours after it. */
const APART_HOURS = 12

/** What batches of the kind may be. */
export type Bounds = { maxEvents: number; maySplit: boolean }

/** What a try did to the stream besides moving its cursor. */
export type Tried = {
  ruling: Ruling
  outcome: Outcome
  /** Events that arrived: all, or those at the beginning of a batch that failed. */
  arrived: number
  bounds: Bounds
  /** Whether an event is set aside that was not before. */
  countsDead?: boolean
}

/** Counters change only with these, in the commit that also moves the cursor and writes the attempts. */
export function streamChanges(stream: LeasedStream, tried: Tried): StreamChanges {
  const { ruling, outcome, arrived } = tried
  if (ruling.kind === 'released') return {}
  const told: StreamChanges = {
    lastStatus: outcome.status ?? null,
    lastAnswer: outcome.answer ?? null,
    ...(outcome.capabilities && {
      capabilities: sql`${s.capabilities} || ${JSON.stringify(outcome.capabilities)}::text::jsonb`,
    }),
    ...(arrived > 0 && sent(1, arrived)),
  }
  if (ruling.kind === 'accepted') return told
  if (ruling.kind === 'delivered') return { ...told, ...afterSuccess(stream, tried.bounds, outcome.ms) }
  return { ...told, ...failureChanges(stream, tried) }
}

export const sent = (batches: number, events: number): StreamChanges => ({
  sentBatches: sql`${s.sentBatches} + ${batches}::int`,
  sentEvents: sql`${s.sentEvents} + ${events}::int`,
  sentAt: sql`now()`,
})

/** Any success ends a failure, wherever it was counted. */
export function afterSuccess(
  stream: LeasedStream,
  { maxEvents, maySplit }: Bounds,
  ms: number,
): StreamChanges {
  const wasClosed = stream.breaker === 'closed'
  const limit = growLimit(stream.breaker === 'open' ? 1 : stream.batchLimit, ms, maxEvents)
  return {
    ...AFTER_SUCCESS,
    batchLimit: limit,
    deadRun: 0,
    breaker: breakerAfterSuccess(stream.breaker, !maySplit || limit >= maxEvents),
    windowTries: wasClosed ? stream.windowTries + 1 : 0,
    windowFailures: wasClosed ? stream.windowFailures : 0,
    ...(stream.windowTries === 0 && { windowAt: sql`now()` }),
  }
}

function failureChanges(
  stream: LeasedStream,
  { ruling, outcome, arrived, countsDead }: Tried,
): StreamChanges {
  const failed: StreamChanges = {
    failedAttempts: sql`${s.failedAttempts} + 1`,
    failedAt: sql`now()`,
    failMessage: ruling.kind === 'held' ? ruling.message : outcome.message,
    ...(ruling.kind === 'split' && { batchLimit: ruling.limit }),
  }
  if (ruling.kind === 'dead')
    return {
      ...failed,
      batchLimit: 2,
      ...(countsDead && { deadRun: stream.deadRun + 1, deadEvents: sql`${s.deadEvents} + 1` }),
    }
  if (ruling.kind === 'split' && ruling.delayMs === undefined) return failed
  const delay = 'delayMs' in ruling && { dueAt: sql`now() + ${ruling.delayMs}::float8 * interval '1 ms'` }
  if (ruling.kind === 'postponed') return { ...failed, ...delay }
  const counted = { ...failed, ...countFailure(stream, arrived > 0), ...delay }
  if (ruling.kind !== 'disabled') return counted
  return {
    ...counted,
    reason: outcome.message,
    state: sql`case when ${s.state} = 'active' then 'disabled' else ${s.state} end`,
  }
}

/** One more failure of the receiver; the first one, if some events had got through right before. */
function countFailure(stream: LeasedStream, hadProgress: boolean): StreamChanges {
  const before = { ...stream, ...(hadProgress && { consecutiveFailures: 0 }) }
  const opens = opensAfterFailure(before)
  const isApart = sql`(${s.spacedFailureAt} is null or ${s.spacedFailureAt} <= now() - interval '${sql.raw(String(APART_HOURS))} hours')`
  const spaced = hadProgress
    ? {
        spacedFailures: 1,
        spacedFailureAt: sql`now()`,
        firstFailureAt: sql`now()`,
        warnings: AFTER_SUCCESS.warnings,
      }
    : {
        spacedFailures: sql`${s.spacedFailures} + case when ${isApart} then 1 else 0 end`,
        spacedFailureAt: sql`case when ${isApart} then now() else ${s.spacedFailureAt} end`,
        firstFailureAt: sql`coalesce(${s.firstFailureAt}, now())`,
      }
  return {
    ...spaced,
    consecutiveFailures: before.consecutiveFailures + 1,
    breaker: opens ? 'open' : stream.breaker,
    windowTries: opens ? 0 : stream.windowTries + 1,
    windowFailures: opens ? 0 : stream.windowFailures + 1,
    ...(stream.windowTries === 0 && { windowAt: sql`now()` }),
  }
}
