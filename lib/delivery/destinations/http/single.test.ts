import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Delivery } from '@/lib/delivery/destinations/contract'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import {
  answerWith,
  type Behaviour,
  hang,
  type Receiver,
  startReceiver,
} from '@/lib/http/testing/loopback-receiver'
import { httpConfigSchema } from './config'
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

const body = '{"type":"account","action":"signed in","level":"info","occurredAt":"2026-11-20T22:37:59Z"}'
const events = [0, 1, 2, 3, 4].map((seq) => forwardedEvent({ seq, id: `id-${seq}`, body }))

function send(changes: Partial<Delivery> = {}, config: Record<string, unknown> = {}) {
  const destination = httpKind.open(httpConfigSchema.parse({ url: receiver.url, body: 'single', ...config }))
  return destination.send(deliveryOf(httpKind, destination, events, changes), outsideTools)
}

/** Does `fail` to the request for the event of this number, and takes the others. */
const failAt =
  (seq: number, fail: Behaviour): Behaviour =>
  (request, response, raw) =>
    JSON.parse(request.body).seq === seq ? fail(request, response, raw) : response.end('ok')

const receivedSeqs = () => receiver.received.map(({ body }) => JSON.parse(body).seq)

test('single events come one after the other, in order, each under its own id', async () => {
  let open = 0
  receiver.answer((_, response) => {
    expect(++open).toBe(1)
    setTimeout(() => {
      open--
      response.end('ok')
    }, 5)
  })
  expect(await send()).toMatchObject({ verdict: 'delivered' })
  expect(receivedSeqs()).toEqual([0, 1, 2, 3, 4])
  expect(receiver.received.map(({ headers }) => headers['idempotency-key'])).toEqual(
    events.map(({ id }) => id),
  )
  expect(receiver.received[0]?.headers['content-type']).toBe('application/json')
  expect(receiver.connections()).toBe(1)
})

describe('when the third of five fails, the first two are told as taken', () => {
  test.each<[string, Behaviour, object]>([
    ['refused', answerWith(422, 'no'), { verdict: 'refused', index: 2, taken: 2, answer: 'no' }],
    ['500', answerWith(500), { verdict: 'failed', taken: 2 }],
    [
      '429',
      answerWith(429, '', { 'retry-after': '30' }),
      { verdict: 'failed', taken: 2, retryAfterMs: 30_000 },
    ],
    ['gone', answerWith(410), { verdict: 'gone' }],
  ])('%s', async (_, behaviour, outcome) => {
    receiver.answer(failAt(2, behaviour))
    expect(await send()).toMatchObject(outcome)
    expect(receivedSeqs()).toEqual([0, 1, 2])
  })

  test('no answer in time', async () => {
    receiver.answer(failAt(2, hang))
    expect(await send({ timeoutMs: 300 })).toMatchObject({ verdict: 'failed', taken: 2, mayBeTooLarge: true })
  })

  test('cut off by us', async () => {
    const stop = new AbortController()
    receiver.answer(failAt(2, () => stop.abort()))
    expect(await send({ signal: stop.signal })).toMatchObject({ verdict: 'aborted' })
  })
})

test('a slow receiver is asked for as many as fit into the time of a batch', async () => {
  receiver.answer((_, response) => setTimeout(() => response.end('ok'), 150))
  const outcome = await send({ timeoutMs: 500 })
  expect(outcome).toMatchObject({
    verdict: 'failed',
    taken: 2,
    mayBeTooLarge: true,
    message: expect.stringContaining('took 2 of 5 events'),
  })
  expect(receivedSeqs()).toEqual([0, 1])
})

test('the last event has all its bytes, also those that look like spaces', async () => {
  const destination = httpKind.open(
    httpConfigSchema.parse({ url: receiver.url, body: 'single', encoding: 'leef' }),
  )
  const delivery = deliveryOf(httpKind, destination, events.slice(0, 1))
  const wide = Buffer.from(Buffer.from(delivery.body).toString().replace(/\n$/, '\u3000\n'))
  await destination.send({ ...delivery, body: wide }, outsideTools)
  expect(receiver.received[0]?.body).toBe(wide.toString().slice(0, -1))
})

test('lines of text are single events too', async () => {
  expect(await send({}, { encoding: 'cef' })).toMatchObject({ verdict: 'delivered' })
  expect(receiver.received).toHaveLength(5)
  expect(receiver.received[0]?.headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(receiver.received[0]?.body).toMatch(/^CEF:0\|/)
})
