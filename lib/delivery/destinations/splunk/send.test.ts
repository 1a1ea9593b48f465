import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Call, Delivery } from '@/lib/delivery/destinations/contract'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { answerWith, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { splunkInputSchema } from './config'
import { splunkKind } from './splunk-kind'
import { imitateHec } from './testing/hec-receiver'

let receiver: Receiver

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  receiver = await startReceiver()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await receiver.close()
})

const call: Call = { secrets: { token: 'geheim-token' }, owner: 'splunk', timeoutMs: 2_000 }
const events = [1, 2, 3].map((seq) => forwardedEvent({ seq, id: `id-${seq}` }))

function open(input: Record<string, unknown> = {}) {
  const parsed = splunkInputSchema.parse({ url: receiver.url, token: 'geheim-token', ...input })
  return splunkKind.open(splunkKind.configure(parsed).config)
}

function send(input: Record<string, unknown> = {}, changes: Partial<Delivery> = {}) {
  const destination = open(input)
  const delivery = deliveryOf(splunkKind, destination, events, { ...call, ...changes })
  return destination.send(delivery, outsideTools)
}

test('events reach the event endpoint with their time, metadata, and id as an indexed field', async () => {
  const hec = imitateHec({ token: 'geheim-token', indexes: ['audit'] })
  receiver.answer(hec.behave)
  const outcome = await send({ index: 'audit', sourcetype: 'spoor:event', host: 'spoor-1', gzip: true })
  expect(outcome).toMatchObject({ verdict: 'delivered', status: 200 })
  expect(outcome.request).toMatch(/^POST http:\/\/127\.0\.0\.1:\d+\/… 1 kB, \d+ B as gzip$/)
  expect(receiver.received[0]).toMatchObject({
    path: '/services/collector/event',
    headers: { authorization: 'Splunk geheim-token', 'content-encoding': 'gzip' },
  })
  expect(hec.events).toMatchObject(
    events.map(({ seq, id }) => ({
      time: 1795214279.123,
      host: 'spoor-1',
      source: 'spoor',
      sourcetype: 'spoor:event',
      index: 'audit',
      fields: { audit_id: id },
      event: { seq, id, action: 'signed in' },
    })),
  )
})

test('the raw endpoint gets a line an event, with the metadata in the URL', async () => {
  const hec = imitateHec({ token: 'geheim-token' })
  receiver.answer(hec.behave)
  expect(await send({ endpoint: 'raw', index: 'audit', sourcetype: 'spoor:event' })).toMatchObject({
    verdict: 'delivered',
  })
  expect(receiver.received[0]?.path).toBe('/services/collector/raw?index=audit&sourcetype=spoor%3Aevent')
  expect(hec.events).toMatchObject(events.map(({ seq }) => ({ event: { seq } })))
})

describe('a refusal', () => {
  test('of an index holds the stream, and its words come along', async () => {
    receiver.answer(imitateHec({ token: 'geheim-token', indexes: ['main'] }).behave)
    expect(await send({ index: 'audit' })).toMatchObject({
      verdict: 'failed',
      message: expect.stringContaining('may not write to this index'),
      answer: expect.stringContaining('Incorrect index'),
    })
  })

  test('of one event names it', async () => {
    receiver.answer(
      answerWith(400, '{"text":"Event field cannot be blank","code":13,"invalid-event-number":2}'),
    )
    expect(await send()).toMatchObject({ verdict: 'refused', index: 2 })
  })

  test('of a token holds the stream and does not repeat it', async () => {
    receiver.answer(({ headers }, response) =>
      response
        .writeHead(403)
        .end(JSON.stringify({ text: 'Invalid token', code: 4, got: headers.authorization })),
    )
    const outcome = await send()
    expect(outcome).toMatchObject({ verdict: 'failed', message: expect.stringContaining('token') })
    expect(JSON.stringify(outcome)).not.toContain('geheim')
  })

  test('for want of the channel, whose header a proxy dropped, is mended by the URL, and remembered', async () => {
    const hec = imitateHec({ token: 'geheim-token', acknowledges: true })
    receiver.answer((request, response, raw) => {
      delete request.headers['x-splunk-request-channel']
      return hec.behave(request, response, raw)
    })
    expect(await send()).toMatchObject({ verdict: 'delivered', capabilities: { channelInUrl: true } })
    expect(receiver.received).toHaveLength(2)
    await send({}, { capabilities: { channelInUrl: true } })
    expect(receiver.received).toHaveLength(3)
  })
})

describe('acknowledgement', () => {
  const accepted = { verdict: 'accepted', ackId: '0' }

  test('makes a batch wait until Splunk says that it is indexed', async () => {
    const hec = imitateHec({ token: 'geheim-token', acknowledges: true })
    receiver.answer(hec.behave)
    hec.setIndexing(false)
    const destination = open({ acknowledge: true })
    const delivery = deliveryOf(splunkKind, destination, events, call)
    expect(await destination.send(delivery, outsideTools)).toMatchObject(accepted)
    expect(await destination.send(delivery, outsideTools)).toMatchObject({ ...accepted, ackId: '1' })
    expect(await destination.pollAcks?.(['0', '1'], call, outsideTools)).toEqual({
      verdict: 'answered',
      acked: [],
    })
    hec.setIndexing(true)
    expect(await destination.pollAcks?.(['0', '1', '9'], call, outsideTools)).toEqual({
      verdict: 'answered',
      acked: ['0', '1'],
    })
    // Splunk forgets what it has told: who crashed after it asks in vain, and sends again.
    expect(await destination.pollAcks?.(['0'], call, outsideTools)).toEqual({
      verdict: 'answered',
      acked: [],
    })
  })

  test('uses one channel for a batch and for asking about it', async () => {
    const hec = imitateHec({ token: 'geheim-token', acknowledges: true })
    receiver.answer(hec.behave)
    const destination = open({ acknowledge: true })
    await destination.send(deliveryOf(splunkKind, destination, events, call), outsideTools)
    await destination.pollAcks?.(['0'], call, outsideTools)
    const [sent, asked] = receiver.received
    expect(asked?.path).toBe(`/services/collector/ack?channel=${sent?.headers['x-splunk-request-channel']}`)
    expect(asked?.body).toBe('{"acks":[0]}')
  })

  test('that the token does not have is noticed at the first batch, which then counts as sent', async () => {
    receiver.answer(imitateHec({ token: 'geheim-token' }).behave)
    expect(await send({ acknowledge: true })).toMatchObject({
      verdict: 'delivered',
      capabilities: { ack: false },
      message: expect.stringContaining('no acknowledgements'),
    })
  })

  test('is not waited for any more where it was found missing, nor where nobody asked for it', async () => {
    receiver.answer(imitateHec({ token: 'geheim-token', acknowledges: true }).behave)
    expect(await send({ acknowledge: true }, { capabilities: { ack: false } })).toMatchObject({
      verdict: 'delivered',
    })
    expect(await send()).toMatchObject({ verdict: 'delivered' })
  })

  test.each([
    [400, '{"text":"ACK is disabled","code":14}', 'unsupported'],
    [404, '<html>', 'unsupported'],
    [405, '', 'unsupported'],
    [501, '', 'unsupported'],
    [401, '{"text":"Token is required","code":2}', 'failed'],
    [403, '{"text":"Invalid token","code":4}', 'failed'],
    [400, '{"text":"Invalid data channel","code":11}', 'failed'],
    [429, '', 'failed'],
    [500, '', 'failed'],
    [503, '{"text":"Server is busy","code":9}', 'failed'],
    [200, '<html>please log in</html>', 'failed'],
    [200, '{"text":"Success","code":0}', 'failed'],
    [200, '{"acks":null}', 'failed'],
  ] as const)('asked for and answered with %i %s: %s', async (status, text, verdict) => {
    receiver.answer(answerWith(status, text))
    const answer = await open({ acknowledge: true }).pollAcks?.(['0'], call, outsideTools)
    expect(answer).toMatchObject({ verdict, message: expect.stringMatching(/\S/) })
  })

  test('that nobody answers for has failed', async () => {
    const destination = open({ acknowledge: true })
    await receiver.close()
    expect(await destination.pollAcks?.(['0'], call, outsideTools)).toMatchObject({ verdict: 'failed' })
    receiver = await startReceiver()
  })
})

describe('health', () => {
  test('is asked with the token', async () => {
    receiver.answer(imitateHec({ token: 'geheim-token' }).behave)
    expect(await open().checkHealth?.(call, outsideTools)).toMatchObject({
      verdict: 'delivered',
      status: 200,
    })
    expect(receiver.received[0]).toMatchObject({ method: 'GET', path: '/services/collector/health' })
    const stranger = { ...call, secrets: { token: 'another' } }
    expect(await open().checkHealth?.(stranger, outsideTools)).toMatchObject({ verdict: 'failed' })
  })

  test('of a collector without that endpoint is told by a request without events', async () => {
    const hec = imitateHec({ token: 'geheim-token' })
    receiver.answer((request, response, raw) =>
      request.path.endsWith('/health') ? response.writeHead(404).end() : hec.behave(request, response, raw),
    )
    expect(await open().checkHealth?.(call, outsideTools)).toMatchObject({
      verdict: 'delivered',
      status: 400,
    })
    expect(hec.events).toEqual([])
  })

  test('is bad where queues are full, and where something else answers', async () => {
    receiver.answer(answerWith(503, '{"text":"HEC is unhealthy, queues are full","code":18}'))
    expect(await open().checkHealth?.(call, outsideTools)).toMatchObject({ verdict: 'failed', status: 503 })
    receiver.answer(answerWith(200, '<html>'))
    expect(await open().checkHealth?.(call, outsideTools)).toMatchObject({ verdict: 'failed' })
  })
})
