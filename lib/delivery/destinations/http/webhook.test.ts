import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { type Received, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { httpConfigSchema } from './config'
import { httpKind } from './http-kind'

let receiver: Receiver

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  receiver = await startReceiver()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
  await receiver.close()
})

const secret = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`
const events = [1, 2, 3].map((seq) =>
  forwardedEvent({ seq, id: `0192c0de-0000-7000-8000-00000000000${seq}`, type: 'user-portal' }),
)

async function send(config: Record<string, unknown>, secrets: Record<string, string>) {
  const destination = httpKind.open(httpConfigSchema.parse({ url: receiver.url, ...config }))
  return destination.send(deliveryOf(httpKind, destination, events, { secrets }), outsideTools)
}

/** What the official library gives to the receiver's application; throws where it would refuse. */
const verify = ({ body, headers }: Received, key: string) =>
  new Webhook(key).verify(body, headers as Record<string, string>)

test('the official library of Standard Webhooks verifies a batch, and no other key does', async () => {
  const outcome = await send({ body: 'standard_webhook' }, { signingSecret: secret(1) })
  expect(outcome).toMatchObject({ verdict: 'delivered' })
  const [request] = receiver.received as [Received]
  expect(verify(request, secret(1))).toEqual({
    type: 'audit.batch',
    timestamp: '2026-11-20T22:38:00.000Z',
    data: {
      events: [
        expect.objectContaining({ seq: 1 }),
        expect.objectContaining({ seq: 2 }),
        expect.objectContaining({ seq: 3 }),
      ],
      first_seq: 1,
      last_seq: 3,
    },
  })
  expect(request.headers['webhook-id']).toBe('key-1')
  expect(() => verify(request, secret(2))).toThrow('No matching signature')
  expect(() => verify({ ...request, body: `${request.body} ` }, secret(1))).toThrow('No matching signature')
})

test('single events are messages of their own, each under its event’s id, in order', async () => {
  const outcome = await send({ body: 'standard_webhook_single' }, { signingSecret: secret(1) })
  expect(outcome).toMatchObject({ verdict: 'delivered' })
  expect(receiver.received.map((request) => verify(request, secret(1)))).toEqual(
    events.map(({ seq }) => ({
      type: 'audit.user_portal',
      timestamp: '2026-11-20T22:37:59.123Z',
      data: expect.objectContaining({ seq }),
    })),
  )
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual(events.map(({ id }) => id))
})

test('a compressed message is signed as its receiver reads it, uncompressed', async () => {
  await send({ body: 'standard_webhook', gzip: true }, { signingSecret: secret(1) })
  const [request] = receiver.received as [Received]
  expect(request.headers['content-encoding']).toBe('gzip')
  expect(verify(request, secret(1))).toMatchObject({ type: 'audit.batch' })
})

test('while a secret is replaced, receivers with the old and with the new one verify', async () => {
  const secrets = { signingSecret: secret(2), previousSigningSecret: secret(1) }
  const previousSecretUntil = '2026-11-22T00:00:00.000Z'
  vi.useFakeTimers({ now: Date.parse(previousSecretUntil) - 1, toFake: ['Date'] })
  await send({ body: 'standard_webhook', previousSecretUntil }, secrets)
  vi.setSystemTime(Date.parse(previousSecretUntil))
  await send({ body: 'standard_webhook', previousSecretUntil }, secrets)
  const [during, after] = receiver.received as [Received, Received]
  for (const key of [secret(1), secret(2)]) expect(verify(during, key)).toBeDefined()
  expect(verify(after, secret(2))).toBeDefined()
  expect(() => verify(after, secret(1))).toThrow('No matching signature')
})

test('a later try has the same id and body, and the time of its own', async () => {
  vi.useFakeTimers({ now: 1_795_214_280_000, toFake: ['Date'] })
  await send({ body: 'standard_webhook' }, { signingSecret: secret(1) })
  vi.setSystemTime(1_795_214_280_000 + 3_600_000)
  await send({ body: 'standard_webhook' }, { signingSecret: secret(1) })
  const [first, second] = receiver.received as [Received, Received]
  expect(second.body).toBe(first.body)
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id'])
  expect(first.headers['webhook-timestamp']).toBe('1795214280')
  expect(second.headers['webhook-timestamp']).toBe('1795217880')
  expect(verify(second, secret(1))).toBeDefined()
})
