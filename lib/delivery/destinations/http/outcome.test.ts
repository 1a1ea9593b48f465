import { describe, expect, test } from 'vitest'
import type { GuardedAnswer } from '@/lib/http/guarded-request'
import { OutgoingError, type OutgoingReason } from '@/lib/http/outgoing-error'
import { classifyAnswer, classifyError } from './outcome'

const answer = (status: number, text = '', headers: GuardedAnswer['headers'] = {}): GuardedAnswer => ({
  status,
  text,
  bytes: Buffer.from(text),
  headers,
  truncated: false,
  ms: 12,
})

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
  for (const dialect of ['plain', 'datadog'] as const)
    expect(classifyAnswer(answer(status, 'words'), dialect)).toMatchObject({
      verdict,
      status,
      answer: 'words',
      ms: 12,
    })
})

describe('Splunk', () => {
  test.each([
    [0, 200, 'delivered'],
    [1, 403, 'failed'],
    [2, 401, 'failed'],
    [3, 401, 'failed'],
    [4, 403, 'failed'],
    [5, 400, 'failed'],
    [6, 400, 'refused'],
    [7, 400, 'failed'],
    [8, 500, 'failed'],
    [9, 503, 'failed'],
    [10, 400, 'failed'],
    [11, 400, 'failed'],
    [12, 400, 'refused'],
    [13, 400, 'refused'],
    [14, 400, 'failed'],
    [15, 400, 'refused'],
    [16, 400, 'failed'],
    [18, 503, 'failed'],
    [20, 503, 'failed'],
    [21, 400, 'failed'],
  ] as const)('code %i with HTTP %i is %s', (code, status, verdict) => {
    const text = JSON.stringify({ text: 'words', code })
    expect(classifyAnswer(answer(status, text), 'splunk_raw').verdict).toBe(verdict)
    expect(classifyAnswer(answer(status, text), 'splunk_event').verdict).toBe(verdict)
  })

  test('the event that it names is known by its number', () => {
    const text = '{"text":"Invalid data format","code":6,"invalid-event-number":3}'
    expect(classifyAnswer(answer(400, text), 'splunk_event')).toMatchObject({ verdict: 'refused', index: 3 })
  })

  test('a success in words does not outrank an error status', () => {
    expect(classifyAnswer(answer(502, '{"text":"Success","code":0}'), 'splunk_raw').verdict).toBe('failed')
  })

  test.each(['', 'ok', 'null', '[]', '<html>please log in</html>', '{}', '{"code":"0"}', '{"code":999}'])(
    'nothing counts as delivered that Splunk did not say: %j',
    (text) => {
      for (const dialect of ['splunk_raw', 'splunk_event'] as const)
        for (const status of [200, 201, 202, 204])
          expect(classifyAnswer(answer(status, text), dialect)).toMatchObject({
            verdict: 'failed',
            message: expect.stringContaining('did not answer as Splunk HEC does'),
            answer: text,
          })
    },
  )

  test('its health says nothing about events', () => {
    const text = '{"text":"HEC is healthy","code":17}'
    expect(classifyAnswer(answer(200, text), 'splunk_event').verdict).toBe('failed')
  })

  test.each([
    [401, 'failed'],
    [404, 'failed'],
    [410, 'gone'],
    [413, 'refused'],
    [503, 'failed'],
  ] as const)('without a code HTTP %i means what it means elsewhere', (status, verdict) => {
    for (const text of ['', '<html>', '{"code":"6"}', '{"code":999}'])
      expect(classifyAnswer(answer(status, text), 'splunk_raw').verdict).toBe(verdict)
  })

  test('its codes mean nothing from another receiver', () => {
    expect(classifyAnswer(answer(400, '{"code":7}'), 'plain').verdict).toBe('refused')
  })
})

test('the wait that a failing receiver asks for comes along, a success asks for none', () => {
  const headers = { 'retry-after': '30' }
  expect(classifyAnswer(answer(429, '', headers), 'plain')).toMatchObject({ retryAfterMs: 30_000 })
  expect(classifyAnswer(answer(503, '', headers), 'plain')).toMatchObject({ retryAfterMs: 30_000 })
  expect(classifyAnswer(answer(200, '', headers), 'plain')).not.toHaveProperty('retryAfterMs')
})

test('a timeout that the receiver or its proxy reports may come from the size of the batch, a 500 does not', () => {
  for (const status of [408, 504])
    expect(classifyAnswer(answer(status), 'plain')).toMatchObject({ verdict: 'failed', mayBeTooLarge: true })
  for (const status of [429, 500, 502, 503])
    expect(classifyAnswer(answer(status), 'plain')).not.toHaveProperty('mayBeTooLarge')
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
