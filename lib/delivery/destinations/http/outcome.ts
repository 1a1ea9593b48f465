import type { Outcome } from '@/lib/delivery/outcome'
import type { GuardedAnswer } from '@/lib/http/guarded-request'
import type { OutgoingError, OutgoingReason } from '@/lib/http/outgoing-error'
import { readRetryAfterMs } from '@/lib/http/retry-after'
import type { Dialect } from './dialect'
import { readSplunkAnswer, SPLUNK_CODES } from './splunk-codes'

type Judgement = { verdict: 'delivered' | 'failed' | 'refused' | 'gone'; hint: string }

/** A request that is too large for the receiver's patience ends in one of these, like one to a receiver in trouble. */
const SLOW_STATUSES = new Set([408, 504])
const SLOW_REASONS = new Set<OutgoingReason>(['timeout', 'reset'])

const NOT_YET = 'The receiver is overloaded or out of order; Spoor keeps trying.'

/** Statuses that mean something of their own; all others follow from their class. */
const STATUSES: Record<number, Judgement> = {
  400: { verdict: 'refused', hint: 'The receiver does not understand the events.' },
  401: { verdict: 'failed', hint: 'The receiver wants a valid API key. Check the header name and the key.' },
  403: {
    verdict: 'failed',
    hint: 'The receiver does not accept this API key. Check the header name and the key.',
  },
  404: { verdict: 'failed', hint: 'There is nothing at this URL. Check its path.' },
  405: { verdict: 'failed', hint: 'This URL takes no POST. Check its path.' },
  407: { verdict: 'failed', hint: 'A proxy before the receiver wants a password.' },
  408: { verdict: 'failed', hint: NOT_YET },
  410: {
    verdict: 'gone',
    hint: 'The receiver says that this URL is gone for good, so Spoor stopped sending.',
  },
  413: { verdict: 'refused', hint: 'The receiver finds this too large.' },
  415: { verdict: 'failed', hint: 'The receiver takes no such content type. Choose another body format.' },
  422: { verdict: 'refused', hint: 'The receiver refuses the content of the events.' },
  425: { verdict: 'failed', hint: NOT_YET },
  429: { verdict: 'failed', hint: 'The receiver wants fewer requests; Spoor waits as long as it asked.' },
  501: { verdict: 'failed', hint: 'The receiver cannot do what this URL asks for. Check it.' },
}

function judgeStatus(status: number): Judgement {
  const known = STATUSES[status]
  if (known) return known
  if (status >= 200 && status < 300) return { verdict: 'delivered', hint: 'The receiver took it.' }
  if (status >= 300 && status < 400)
    return {
      verdict: 'failed',
      hint: 'The receiver redirects, which Spoor does not follow. Enter the final URL.',
    }
  if (status >= 500) return { verdict: 'failed', hint: NOT_YET }
  return { verdict: 'failed', hint: 'The receiver does not accept the request. Check URL, header and key.' }
}

const NOT_SPLUNK: Judgement = {
  verdict: 'failed',
  hint: 'This did not answer as Splunk HEC does, so nothing counts as delivered. Check the URL and what stands before Splunk.',
}

/** Splunk says in its body what the status leaves open, success included; other receivers only by status. */
function judge(answer: GuardedAnswer, dialect: Dialect): Judgement & { index?: number } {
  if (dialect !== 'splunk_raw' && dialect !== 'splunk_event') return judgeStatus(answer.status)
  const { code, index } = readSplunkAnswer(answer.text)
  const known = code === undefined ? undefined : SPLUNK_CODES[code]
  const byStatus = judgeStatus(answer.status)
  // "Success" in a body never outranks an error status, which something in between may have given.
  if (known?.verdict === 'delivered' && byStatus.verdict !== 'delivered') return byStatus
  if (known) return { ...known, ...(index !== undefined && { index }) }
  return byStatus.verdict === 'delivered' ? NOT_SPLUNK : byStatus
}

/** What an answer means for the batch. Pure. */
export function classifyAnswer(answer: GuardedAnswer, dialect: Dialect): Outcome {
  const { verdict, hint, index } = judge(answer, dialect)
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
