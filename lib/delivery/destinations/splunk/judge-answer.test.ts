import { expect, test } from 'vitest'
import { toOutcome } from '@/lib/delivery/destinations/http/outcome'
import type { GuardedAnswer } from '@/lib/http/guarded-request'
import { judgeSplunk, judgeSplunkHealth } from './judge-answer'

const answer = (status: number, text = '', headers: GuardedAnswer['headers'] = {}): GuardedAnswer => ({
  status,
  text,
  bytes: Buffer.from(text),
  headers,
  truncated: false,
  ms: 12,
})

const classify = (given: GuardedAnswer) => toOutcome(given, judgeSplunk(given))

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
  expect(classify(answer(status, text)).verdict).toBe(verdict)
})

test('the event that it names is known by its number', () => {
  const text = '{"text":"Invalid data format","code":6,"invalid-event-number":3}'
  expect(classify(answer(400, text))).toMatchObject({ verdict: 'refused', index: 3 })
})

test('a success in words does not outrank an error status', () => {
  expect(classify(answer(502, '{"text":"Success","code":0}')).verdict).toBe('failed')
})

test.each(['', 'ok', 'null', '[]', '<html>please log in</html>', '{}', '{"code":"0"}', '{"code":999}'])(
  'nothing counts as delivered that Splunk did not say: %j',
  (text) => {
    for (const status of [200, 201, 202, 204])
      expect(classify(answer(status, text))).toMatchObject({
        verdict: 'failed',
        message: expect.stringContaining('did not answer as Splunk HEC does'),
        answer: text,
      })
  },
)

test('its health says nothing about events', () => {
  const text = '{"text":"HEC is healthy","code":17}'
  expect(classify(answer(200, text)).verdict).toBe('failed')
})

test.each([
  [401, 'failed'],
  [404, 'failed'],
  [410, 'gone'],
  [413, 'refused'],
  [503, 'failed'],
] as const)('without a code HTTP %i means what it means elsewhere', (status, verdict) => {
  for (const text of ['', '<html>', '{"code":"6"}', '{"code":999}'])
    expect(classify(answer(status, text)).verdict).toBe(verdict)
})

test.each([400, 422])('HTTP %i without a word of Splunk’s makes no dead letters', (status) => {
  const page = '<html>The plain HTTP request was sent to HTTPS port</html>'
  for (const text of ['', page, '{"error":"bad request"}'])
    expect(classify(answer(status, text))).toMatchObject({
      verdict: 'failed',
      message: expect.stringContaining('did not answer as Splunk HEC does'),
    })
  // A code that is new to us is Splunk's all the same.
  expect(classify(answer(status, '{"text":"new","code":99}')).verdict).toBe('refused')
})

test.each([
  [17, 200, 'delivered'],
  [5, 400, 'delivered'],
  [18, 503, 'failed'],
  [19, 503, 'failed'],
  [20, 503, 'failed'],
  [21, 400, 'failed'],
  [6, 400, 'failed'],
  [undefined, 200, 'failed'],
  [undefined, 410, 'failed'],
] as const)('the health endpoint’s code %s with HTTP %i is %s', (code, status, verdict) => {
  const given = answer(status, JSON.stringify({ text: 'words', code }))
  expect(judgeSplunkHealth(given).verdict).toBe(verdict)
})
