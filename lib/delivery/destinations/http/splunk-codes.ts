type SplunkJudgement = { verdict: 'delivered' | 'failed' | 'refused'; hint: string }

const busy = { verdict: 'failed', hint: 'Splunk is busy; Spoor keeps trying.' } as const
const badToken = { verdict: 'failed', hint: 'Splunk does not accept this token. Check the API key.' } as const
const badChannel = {
  verdict: 'failed',
  hint: 'Splunk does not accept the data channel of the request.',
} as const

/**
 * What the codes in an answer of Splunk's HTTP Event Collector mean for a batch. A wrong index or token is the
 * configuration's fault and holds the stream; only bad events are set aside.
 * Source: Splunk documentation, "Troubleshoot HTTP Event Collector".
 */
export const SPLUNK_CODES: Record<number, SplunkJudgement> = {
  0: { verdict: 'delivered', hint: 'Splunk took it.' },
  1: { verdict: 'failed', hint: 'The token is disabled in Splunk.' },
  2: { verdict: 'failed', hint: 'Splunk wants a token: header Authorization, value Splunk 12345678-….' },
  3: { verdict: 'failed', hint: 'Splunk cannot read the token. Is the word Splunk in front of it?' },
  4: badToken,
  5: { verdict: 'failed', hint: 'Splunk found no data in the request.' },
  6: { verdict: 'refused', hint: 'Splunk finds an event malformed.' },
  7: { verdict: 'failed', hint: 'The token may not write to this index. Change it in Splunk or in the URL.' },
  8: { verdict: 'failed', hint: 'Splunk had an internal error; Spoor keeps trying.' },
  9: busy,
  10: badChannel,
  11: badChannel,
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

/** Reads `{"text", "code", "invalid-event-number"}`; empty if the answer is something else. */
export function readSplunkAnswer(text: string): { code?: number; index?: number } {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return {}
  }
  if (typeof answer !== 'object' || answer === null) return {}
  const { code, 'invalid-event-number': index } = answer as Record<string, unknown>
  return {
    ...(Number.isInteger(code) && { code: code as number }),
    ...(Number.isInteger(index) && { index: index as number }),
  }
}
