import { type Judge, type Judgement, judgeStatus } from '@/lib/delivery/destinations/http/judge-status'

const busy = { verdict: 'failed', hint: 'Splunk is busy.' } as const
const badToken = { verdict: 'failed', hint: 'Splunk does not accept this token. Check it.' } as const

/**
 * What the codes in an answer of Splunk's HTTP Event Collector mean for a batch. A wrong index or token is the
 * configuration's fault and holds the stream; only bad events are set aside.
 * Source: Splunk documentation, "Troubleshoot HTTP Event Collector".
 */
const CODES: Record<number, Judgement> = {
  0: { verdict: 'delivered', hint: 'Splunk took it.' },
  1: { verdict: 'failed', hint: 'The token is disabled in Splunk.' },
  2: { verdict: 'failed', hint: 'Splunk wants a token: header Authorization, value Splunk 12345678-….' },
  3: { verdict: 'failed', hint: 'Splunk cannot read the token. Is the word Splunk in front of it?' },
  4: badToken,
  5: { verdict: 'failed', hint: 'Splunk found no data in the request.' },
  6: { verdict: 'refused', hint: 'Splunk finds an event malformed.' },
  7: { verdict: 'failed', hint: 'The token may not write to this index. Change one of them.' },
  8: { verdict: 'failed', hint: 'Splunk had an internal error.' },
  9: busy,
  10: {
    verdict: 'failed',
    hint: 'The data channel did not reach Splunk. Does a proxy drop the header X-Splunk-Request-Channel?',
  },
  11: { verdict: 'failed', hint: 'Splunk does not accept the data channel of the request.' },
  12: { verdict: 'refused', hint: 'Splunk finds no event in an item.' },
  13: { verdict: 'refused', hint: 'Splunk finds an event blank.' },
  14: { verdict: 'failed', hint: 'Acknowledgement is switched off in Splunk for this token.' },
  15: { verdict: 'refused', hint: 'Splunk cannot index the fields of an event.' },
  16: { verdict: 'failed', hint: 'Splunk takes no token in the URL. Use the header Authorization.' },
  17: {
    verdict: 'failed',
    hint: 'This URL only tells whether Splunk is well. End it in /services/collector/raw.',
  },
  18: busy,
  19: busy,
  20: busy,
  21: badToken,
}

/** Proxies say this, too, and mean the same. */
const TOO_LARGE = 413

const NOT_SPLUNK: Judgement = {
  verdict: 'failed',
  hint: 'This did not answer as Splunk HEC does, so nothing counts as delivered. Check the URL and what stands before Splunk.',
}

export type SplunkAnswer = { code?: number; index?: number; ackId?: number }

/** Reads `{"text", "code", "invalid-event-number", "ackId"}`; empty if the answer is something else. */
export function readSplunkAnswer(text: string): SplunkAnswer {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return {}
  }
  if (typeof answer !== 'object' || answer === null) return {}
  const { code, ackId, 'invalid-event-number': index } = answer as Record<string, unknown>
  return {
    ...(Number.isInteger(code) && { code: code as number }),
    ...(Number.isInteger(index) && { index: index as number }),
    ...(Number.isSafeInteger(ackId) && { ackId: ackId as number }),
  }
}

/** Splunk says in its body what the status leaves open, success included. */
export const judgeSplunk: Judge = (answer) => {
  const { code, index } = readSplunkAnswer(answer.text)
  const known = code === undefined ? undefined : CODES[code]
  const byStatus = judgeStatus(answer)
  // "Success" in a body never outranks an error status, which something in between may have given.
  if (known?.verdict === 'delivered' && byStatus.verdict !== 'delivered') return byStatus
  if (known) return { ...known, ...(index !== undefined && { index }) }
  if (byStatus.verdict === 'delivered') return NOT_SPLUNK
  // Else a wrong URL would make dead letters of events that Splunk has never seen.
  const isRefusedByOther = code === undefined && byStatus.verdict === 'refused' && answer.status !== TOO_LARGE
  return isRefusedByOther ? NOT_SPLUNK : byStatus
}

/** The same for the health endpoint, and for a probe without events. */
export const judgeSplunkHealth: Judge = (answer) => {
  const { code } = readSplunkAnswer(answer.text)
  if (code === 17 && answer.status === 200) return { verdict: 'delivered', hint: 'Splunk HEC is healthy.' }
  if (code === 5) return { verdict: 'delivered', hint: 'Splunk takes the token.' }
  const { verdict, hint } = judgeSplunk(answer)
  // Whatever else it is, it says nothing about any event.
  return verdict === 'delivered' ? { verdict, hint } : { verdict: 'failed', hint }
}
