import { AppError } from '@/lib/errors/app-error'
import { newReference, reportError } from '@/lib/errors/report-error'
import { MAX_BATCH_EVENTS } from './batch-limit'
import type { LeasedStream } from './lease-stream'
import type { Outcome } from './outcome'
import { rule } from './ruling'
import { settle } from './settle'

/**
 * An error of ours during a stream's turn: the stream backs off as after a receiver's failure, so that one broken
 * stream neither spins nor stops the others. Throws if even that can't be written down.
 */
export async function holdAfterError(stream: LeasedStream, error: unknown): Promise<void> {
  const reference = newReference()
  reportError(error, reference)
  const message =
    error instanceof AppError ? error.message : `Spoor itself failed. It was logged as ${reference}.`
  const outcome: Outcome = { verdict: 'failed', message, ms: 0 }
  const ruling = rule(outcome, {
    ...stream,
    events: 0,
    maySplit: false,
    isFirst: true,
    recentDead: 0,
    random: Math.random(),
  })
  await settle(stream, {
    lane: { replay: null, nextSeq: stream.nextSeq, awaiting: [] },
    outcome,
    ruling,
    taken: 0,
    bounds: { maxEvents: MAX_BATCH_EVENTS, maySplit: false },
    leaving: { keepLease: false },
  })
}
