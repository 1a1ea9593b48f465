import { expect, test } from 'vitest'
import type { GuardedAnswer } from '@/lib/http/guarded-request'
import { OutgoingError, type OutgoingReason } from '@/lib/http/outgoing-error'
import { judgeStatus } from './judge-status'
import { classifyError, toOutcome } from './outcome'

const answer = (status: number, text = '', headers: GuardedAnswer['headers'] = {}): GuardedAnswer => ({
  status,
  text,
  bytes: Buffer.from(text),
  headers,
  truncated: false,
  ms: 12,
})

const classify = (given: GuardedAnswer) => toOutcome(given, judgeStatus(given))

test.each([
  [200, 'delivered'],
  [201, 'delivered'],
  [202, 'delivered'],
  [204, 'delivered'],
  [301, 'failed'],
  [302, 'failed'],
  [304, 'failed'],
  [307, 'failed'],
  [308, 'failed'],
  [400, 'refused'],
  [401, 'failed'],
  [402, 'failed'],
  [403, 'failed'],
  [404, 'failed'],
  [405, 'failed'],
  [407, 'failed'],
  [408, 'failed'],
  [409, 'failed'],
  [410, 'gone'],
  [413, 'refused'],
  [415, 'failed'],
  [418, 'failed'],
  [422, 'refused'],
  [425, 'failed'],
  [429, 'failed'],
  [431, 'failed'],
  [500, 'failed'],
  [501, 'failed'],
  [502, 'failed'],
  [503, 'failed'],
  [504, 'failed'],
  [599, 'failed'],
] as const)('HTTP %i is %s', (status, verdict) => {
  expect(classify(answer(status, 'words'))).toMatchObject({ verdict, status, answer: 'words', ms: 12 })
})

test('the wait that a failing receiver asks for comes along, a success asks for none', () => {
  const headers = { 'retry-after': '30' }
  expect(classify(answer(429, '', headers))).toMatchObject({ retryAfterMs: 30_000 })
  expect(classify(answer(503, '', headers))).toMatchObject({ retryAfterMs: 30_000 })
  expect(classify(answer(200, '', headers))).not.toHaveProperty('retryAfterMs')
})

test('a timeout that the receiver or its proxy reports may come from the size of the batch, a 500 does not', () => {
  for (const status of [408, 504])
    expect(classify(answer(status))).toMatchObject({ verdict: 'failed', mayBeTooLarge: true })
  for (const status of [429, 500, 502, 503])
    expect(classify(answer(status))).not.toHaveProperty('mayBeTooLarge')
})

test('no answer is never the events’ fault and never a success', () => {
  const reasons: OutgoingReason[] = ['forbidden_target', 'dns', 'connect', 'tls', 'protocol']
  const failed = { verdict: 'failed', message: 'why', ms: 5 }
  for (const reason of reasons) expect(classifyError(new OutgoingError(reason, 'why'), 5)).toEqual(failed)
  // Only these may come from the size of the batch.
  for (const reason of ['timeout', 'reset'] as const)
    expect(classifyError(new OutgoingError(reason, 'why'), 5)).toEqual({ ...failed, mayBeTooLarge: true })
  expect(classifyError(new OutgoingError('aborted', 'why'), 5).verdict).toBe('aborted')
})
