import type { Outcome } from '@/lib/delivery/outcome'
import type { GuardedAnswer } from '@/lib/http/guarded-request'
import type { OutgoingError, OutgoingReason } from '@/lib/http/outgoing-error'
import { readRetryAfterMs } from '@/lib/http/retry-after'
import type { Judgement } from './judge-status'

/** A request that is too large for the receiver's patience ends in one of these, like one to a receiver in trouble. */
const SLOW_STATUSES = new Set([408, 504])
const SLOW_REASONS = new Set<OutgoingReason>(['timeout', 'reset'])

/** What an answer, so judged, means for the batch. Pure. */
export function toOutcome(answer: GuardedAnswer, { verdict, hint, index }: Judgement): Outcome {
  const { status, text, ms } = answer
  const told = { message: `HTTP ${status}: ${hint}`, status, answer: text, ms }
  if (verdict === 'refused') return { ...told, verdict, ...(index !== undefined && { index }) }
  if (verdict !== 'failed') return { ...told, verdict }
  const retryAfterMs = readRetryAfterMs(answer.headers)
  return {
    ...told,
    verdict,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(SLOW_STATUSES.has(status) && { mayBeTooLarge: true }),
  }
}

/** What it means that there was no answer: never the events' fault, and never a success. */
export function classifyError(error: OutgoingError, ms: number): Outcome {
  const { reason, message } = error
  if (reason === 'aborted') return { verdict: 'aborted', message, ms }
  return { verdict: 'failed', message, ms, ...(SLOW_REASONS.has(reason) && { mayBeTooLarge: true }) }
}
