import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { encodeEvents } from '@/lib/delivery/frozen-batch'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { guardedRequest, type SendRequest } from '@/lib/http/guarded-request'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { answerWith, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import type { HttpConfig } from './config'
import { httpKind } from './http-kind'

let receiver: Receiver
let owners = 0

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

async function send(config: HttpConfig, secret?: string) {
  const destination = httpKind.open(config)
  const format = destination.format('acme')
  const events = [forwardedEvent({ seq: 1 }), forwardedEvent({ seq: 2 })]
  const { body } = encodeEvents(httpKind, format, events)
  const delivery = {
    body,
    format,
    checkpoint: 'a\n1\nroot\n\n— a sig\n',
    events: 2,
    idempotencyKey: 'key-1',
    secret,
    owner: `${++owners}`,
    timeoutMs: 2_000,
  }
  const outcome = await destination.send(delivery, toReceiver)
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
  const config = (path: string): HttpConfig => ({
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
  const format = destination.format('acme')
  const delivery = { body: new Uint8Array(), format, events: 1, idempotencyKey: 'k', secret: 'geheim-0815' }
  const failing: SendRequest = ({ headers }) =>
    Promise.reject(new OutgoingError('protocol', `cannot send ${headers['X-Key']}`))
  const outcome = await destination.send({ ...delivery, owner: 'o', timeoutMs: 100 }, failing)
  expect(outcome).toMatchObject({ verdict: 'failed', message: 'cannot send [secret]' })
})
