import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { guardedRequest, type SendRequest } from '@/lib/http/guarded-request'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { answerWith, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import type { HttpConfig } from './config'
import { httpKind } from './http-kind'

let receiver: Receiver

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  receiver = await startReceiver()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await receiver.close()
})

/** Every name leads to the receiver. */
const toReceiver: SendRequest = (request) =>
  guardedRequest({ ...request, resolve: (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) })

type Stored = Pick<HttpConfig, 'url' | 'body'> & Partial<HttpConfig>

async function send(config: Stored, secret?: string, more: Record<string, string> = {}) {
  const destination = httpKind.open(config)
  const body = JSON.stringify({
    ...JSON.parse(forwardedEvent().body),
    level: 'info',
    occurredAt: '2026-11-20T22:37:59Z',
  })
  const events = [forwardedEvent({ seq: 1, body }), forwardedEvent({ seq: 2, body })]
  const checkpoint = 'a\n1\nroot\n\n— a sig\n'
  const delivery = deliveryOf(httpKind, destination, events, {
    checkpoint,
    secrets: { ...more, ...(secret !== undefined && { apiKey: secret }) },
  })
  const outcome = await destination.send(delivery, { ...outsideTools, request: toReceiver })
  return { outcome, request: receiver.received.at(-1) }
}

test('a plain receiver gets a JSON array with the key in its header, and the batch’s own key', async () => {
  const { outcome, request } = await send(
    { url: `${receiver.url}/in`, body: 'auto', headerName: 'X-Key' },
    'geheim',
  )
  expect(outcome).toMatchObject({ verdict: 'delivered', status: 200, answer: 'ok' })
  expect(request).toMatchObject({ method: 'POST', path: '/in' })
  expect(request?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-key': 'geheim',
    'idempotency-key': 'key-1',
    'spoor-checkpoint': Buffer.from('a\n1\nroot\n\n— a sig\n').toString('base64'),
    'user-agent': expect.stringMatching(/^Spoor\/\d+\.\d+\.\d+$/),
  })
  expect(JSON.parse(request?.body ?? '').map(({ seq }: { seq: number }) => seq)).toEqual([1, 2])
  expect(request?.headers).not.toHaveProperty('x-splunk-request-channel')
})

describe('Splunk HEC', () => {
  const channel = '0192c0de-0000-4000-8000-000000000001'
  const config = (path: string): Stored => ({
    url: `http://u.splunkcloud.test:${receiver.port}${path}`,
    body: 'auto',
    headerName: 'Authorization',
    channel,
  })

  test('raw gets one event a line, the token and its channel', async () => {
    receiver.answer(answerWith(200, '{"text":"Success","code":0}'))
    const { outcome, request } = await send(config('/services/collector/raw?index=main'), 'Splunk abc')
    expect(outcome.verdict).toBe('delivered')
    expect(request?.path).toBe('/services/collector/raw?index=main')
    expect(request?.headers).toMatchObject({
      authorization: 'Splunk abc',
      'x-splunk-request-channel': channel,
    })
    expect(
      request?.body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).seq),
    ).toEqual([1, 2])
  })

  test('a wrong index holds the stream although the status is 400', async () => {
    receiver.answer(answerWith(400, '{"text":"Incorrect index","code":7,"invalid-event-number":1}'))
    expect((await send(config('/services/collector/event'))).outcome.verdict).toBe('failed')
  })
})

test('Datadog gets its logs and its key', async () => {
  receiver.answer(answerWith(202, '{}'))
  const url = `http://http-intake.logs.datadoghq.test:${receiver.port}/api/v2/logs`
  const { outcome, request } = await send({ url, body: 'auto', headerName: 'DD-API-KEY' }, 'dd')
  expect(outcome).toMatchObject({ verdict: 'delivered', status: 202 })
  expect(request?.headers).toMatchObject({ 'dd-api-key': 'dd', 'content-type': 'application/json' })
  expect(JSON.parse(request?.body ?? '')).toMatchObject([
    { ddsource: 'spoor', audit: { seq: 1 } },
    { audit: { seq: 2 } },
  ])
})

test('a receiver that repeats the request brings neither the key nor the URL’s rest into the answer', async () => {
  receiver.answer(({ headers, path }, response) =>
    response.writeHead(403).end(JSON.stringify({ error: 'forbidden', path, headers })),
  )
  const url = `${receiver.url}/in/AbCdEfGhIjKlMnOpQr?token=geheim-4711`
  const { outcome, request } = await send(
    { url, body: 'auto', headerName: 'Authorization' },
    'Bearer geheim-0815',
  )
  expect(request?.headers.authorization).toBe('Bearer geheim-0815')
  expect(outcome).toMatchObject({
    verdict: 'failed',
    status: 403,
    answer: expect.stringContaining('[secret]'),
  })
  expect(JSON.stringify(outcome)).not.toMatch(/geheim|AbCdEf/)
})

test('an answer that is cut inside the key keeps nothing of it', async () => {
  receiver.answer(({ headers }, response) => response.end(`${'x'.repeat(4_080)}${headers['x-key']} and more`))
  const { outcome } = await send(
    { url: receiver.url, body: 'auto', headerName: 'X-Key' },
    'geheim-'.repeat(9),
  )
  expect('answer' in outcome && outcome.answer).toMatch(/^x+\[secret\]$/)
})

test('an error that names the key does not bring it on', async () => {
  const destination = httpKind.open({ url: receiver.url, body: 'auto', headerName: 'X-Key' })
  const secrets = { apiKey: 'geheim-0815' }
  const delivery = deliveryOf(httpKind, destination, [forwardedEvent()], { secrets, timeoutMs: 100 })
  const failing: SendRequest = ({ headers }) =>
    Promise.reject(new OutgoingError('protocol', `cannot send ${headers['X-Key']}`))
  const outcome = await destination.send(delivery, { ...outsideTools, request: failing })
  expect(outcome).toMatchObject({ verdict: 'failed', message: 'cannot send [secret]' })
})

describe('further headers', () => {
  const headers = ['X-Tenant', 'X-Short']

  test('come with every request, and are not repeated by the answer', async () => {
    receiver.answer(({ headers: got }, response) => response.writeHead(403).end(JSON.stringify(got)))
    const { outcome, request } = await send({ url: receiver.url, body: 'auto', headers }, undefined, {
      'header x-tenant': 'geheim-0815',
      'header x-short': 'eu',
    })
    expect(request?.headers).toMatchObject({ 'x-tenant': 'geheim-0815', 'x-short': 'eu' })
    expect(JSON.stringify(outcome)).not.toContain('geheim')
    // A word of two letters is no key, and hiding it would leave nothing to read.
    expect(outcome.answer).toContain('"x-short":"eu"')
  })

  test('never replace one of ours', async () => {
    const { request } = await send(
      { url: receiver.url, body: 'auto', headers: ['Content-Type'] },
      undefined,
      {
        'header content-type': 'text/evil',
      },
    )
    expect(request?.headers['content-type']).toBe('application/json')
  })
})

test('a compressed request says so, and holds the same bytes', async () => {
  await send({ url: receiver.url, body: 'auto' })
  const { outcome, request } = await send({ url: receiver.url, body: 'auto', gzip: true })
  expect(request?.headers['content-encoding']).toBe('gzip')
  expect(request?.body).toBe(receiver.received[0]?.body)
  expect(outcome.request).toMatch(/^POST http:\/\/127\.0\.0\.1:\d+ \d+ B, \d+ B as gzip$/)
})

test.each([
  ['json_array', 'native', 'application/json', /^\[\{"id"/],
  ['json_array', 'ocsf', 'application/json', /^\[\{.*class_uid/],
  ['ndjson', 'ecs', 'application/x-ndjson', /^\{.*@timestamp.*\n\{.*\n$/s],
  ['ndjson', 'cef', 'text/plain; charset=utf-8', /^CEF:0\|.*\nCEF:0\|.*\n$/],
  ['auto', 'leef', 'text/plain; charset=utf-8', /^LEEF:2\.0\|.*\nLEEF:2\.0\|.*\n$/],
] as const)('%s of %s is sent as %s', async (body, encoding, contentType, pattern) => {
  const { request } = await send({ url: receiver.url, body, encoding })
  expect(request?.headers['content-type']).toBe(contentType)
  expect(request?.body).toMatch(pattern)
})
