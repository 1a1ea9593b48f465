import { IncomingWebhook, type IncomingWebhookSendArguments } from '@slack/webhook'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Delivery } from '@/lib/delivery/destinations/contract'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { parseInput } from '@/lib/errors/parse-input'
import {
  answerWith,
  type Behaviour,
  hang,
  type Receiver,
  reset,
  startReceiver,
} from '@/lib/http/testing/loopback-receiver'
import { readAsMarkup } from './testing/hostile'
import { eventAt } from './testing/messages'
import { webhookKind } from './webhook-kind'

const PATH = '/services/T0123ABCD/B0123ABCD/geheimGEHEIM+geheim24x'

let receiver: Receiver

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  receiver = await startReceiver()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await receiver.close()
})

const events = [1, 2, 3].map((seq) => eventAt(seq, { message: `geheim-word ${seq} <!channel>` }))

function send(input: Record<string, unknown> = {}, changes: Partial<Delivery> = {}) {
  const parsed = parseInput(webhookKind.input, { url: receiver.url + PATH, ...input })
  const { config, secrets } = webhookKind.configure(parsed)
  const destination = webhookKind.open(config)
  const given = {
    secrets: { ...secrets, maskingKey: 'geheim-masking' } as Record<string, string>,
    ...changes,
  }
  return destination.send(deliveryOf(webhookKind, destination, events, given), outsideTools)
}

const bodies = () => receiver.received.map(({ body }) => JSON.parse(body))

/** Answers the first request so, and all others with ok. */
const once =
  (behaviour: Behaviour): Behaviour =>
  (...given) =>
    receiver.received.length === 1 ? behaviour(...given) : answerWith(200, 'ok')(...given)

test.each(['compatible', 'slack_app'])('a %s message is what Slack’s own client sends', async (flavour) => {
  const sender = { username: 'spoor', channel: '#audit', iconUrl: 'https://acme.test/icon.png' }
  const outcome = await send({ ...sender, flavour })
  expect(outcome).toMatchObject({ verdict: 'delivered', status: 200, answer: 'ok' })
  const [ours] = receiver.received
  const { username, channel, icon_url, ...said } = JSON.parse(
    ours?.body ?? '',
  ) as IncomingWebhookSendArguments
  expect({ username, channel, icon_url }).toEqual({
    username: sender.username,
    channel: sender.channel,
    icon_url: sender.iconUrl,
  })
  const client = new IncomingWebhook(receiver.url + PATH, {
    username: sender.username,
    channel: sender.channel,
    icon_url: sender.iconUrl,
  })
  expect(await client.send(said)).toEqual({ text: 'ok' })
  const theirs = receiver.received[1]
  expect(JSON.parse(ours?.body ?? '')).toEqual(JSON.parse(theirs?.body ?? ''))
  const framing = ({ path, method, headers }: NonNullable<typeof ours>) => ({
    path,
    method,
    type: headers['content-type'],
  })
  expect(ours && framing(ours)).toEqual(theirs && framing(theirs))
})

test('what is not set is not sent', async () => {
  await send()
  expect(Object.keys(bodies()[0])).toEqual([
    'text',
    'link_names',
    'unfurl_links',
    'unfurl_media',
    'attachments',
  ])
})

test('a refused message is followed once by one without a word of the events', async () => {
  receiver.answer(once(answerWith(400, 'invalid_payload')))
  const outcome = await send()
  expect(outcome).toMatchObject({ verdict: 'delivered', status: 200 })
  expect(outcome.message).toMatch(/does not understand.*only counts.*took it/)
  const [first, second, ...more] = bodies()
  expect(more).toEqual([])
  expect(JSON.stringify(first)).toContain('geheim-word')
  expect(JSON.stringify(second)).not.toContain('geheim-word')
  expect(second.text).toMatch(/^3 events in acme\./)
  expect(second).not.toHaveProperty('attachments')
})

test('what is refused without a word of the events holds the channel, and no event is to blame', async () => {
  receiver.answer(answerWith(400, 'no_text'))
  const outcome = await send()
  expect(outcome).toMatchObject({ verdict: 'failed', status: 400, answer: 'no_text' })
  expect(outcome).not.toHaveProperty('index')
  expect(receiver.received).toHaveLength(2)
})

test('a second message that meets another trouble is judged by that', async () => {
  receiver.answer((...given) => answerWith(receiver.received.length === 1 ? 413 : 503)(...given))
  expect(await send()).toMatchObject({ verdict: 'failed', status: 503 })
})

test.each([
  [404, 'no_service', 'gone'],
  [410, 'channel_is_archived', 'gone'],
  [404, 'channel_not_found', 'failed'],
  [403, 'action_prohibited', 'failed'],
  [403, '', 'failed'],
  [302, '', 'failed'],
  [500, 'rollup_error', 'failed'],
  [200, '{"success":false}', 'failed'],
  [200, '{"success":true}', 'delivered'],
  [204, '', 'delivered'],
])('%i %s is %s, in the receiver’s own words and with one request', async (status, words, verdict) => {
  receiver.answer(answerWith(status, words, status === 302 ? { location: '/elsewhere' } : {}))
  expect(await send()).toMatchObject({ verdict, status, answer: words })
  expect(receiver.received).toHaveLength(1)
})

test('a busy receiver is left alone as long as it asks: in a header, or as Discord says it', async () => {
  receiver.answer(answerWith(429, 'rate_limited', { 'retry-after': '30' }))
  expect(await send()).toMatchObject({ verdict: 'failed', retryAfterMs: 30_000 })
  receiver.answer(answerWith(429, '{"message":"slow","retry_after":0.75,"global":false}'))
  expect(await send()).toMatchObject({ verdict: 'failed', retryAfterMs: 750 })
  receiver.answer(answerWith(429, ''))
  expect(await send()).not.toHaveProperty('retryAfterMs')
})

test('no answer is the receiver’s failure, and it is not known whether the message arrived', async () => {
  receiver.answer(hang)
  const outcome = await send({}, { timeoutMs: 200 })
  expect(outcome).toMatchObject({ verdict: 'failed' })
  expect(outcome).not.toHaveProperty('status')
  receiver.answer(reset)
  expect(await send()).toMatchObject({ verdict: 'failed' })
  receiver.answer(answerWith(200))
  await send({}, { mayHaveArrived: true })
  expect(bodies().at(-1).attachments[0].footer).toMatch(/sent again/)
})

const KEY = 'geheimGEHEIM+geheim24x'
const inBase64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['whole', `no ${PATH}`, KEY],
  ['alone', `no hook ${KEY}`, KEY],
  ['in small letters', KEY.toLowerCase(), KEY.toLowerCase()],
  ['in a URL', `path=${encodeURIComponent(PATH)}`, encodeURIComponent(KEY)],
  ['in base64', inBase64(PATH), inBase64(PATH).slice(48, 64)],
  ['in base64 of something else', inBase64(`token=${KEY}`), inBase64(`token=${KEY}`).slice(12, 24)],
  ['in JSON with escaped slashes', JSON.stringify(PATH).replaceAll('/', '\\/'), KEY],
  ['in HTML', KEY.replaceAll('+', '&#43;'), 'geheim24x'],
  [
    'in escapes',
    [...KEY].map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join(''),
    '\\\\u0068\\\\u0065',
  ],
  ['only the team', 'team T0123ABCD is closed', 'T0123ABCD'],
])('no part of the URL comes back: %s', async (_, answer, needle) => {
  receiver.answer(answerWith(404, answer))
  expect(JSON.stringify(answer)).toContain(needle)
  const told = JSON.stringify(await send())
  expect(told).not.toContain(needle)
  expect(told).toMatch(/\[(secret|path)\]/)
})

test('an answer is kept to 4 KiB', async () => {
  receiver.answer(answerWith(500, 'x'.repeat(100_000)))
  expect((await send()).answer).toHaveLength(4_096)
})

test('the request is told without what may be the key', async () => {
  expect((await send()).request).toMatch(/^POST http:\/\/127\.0\.0\.1:\d+\/… \d+ k?B$/)
})

test('what events say is only text when it arrives', async () => {
  await send()
  const [{ text, attachments }] = bodies()
  for (const said of [text, attachments[0].text.split('\n')].flat()) expect(readAsMarkup(said)).toEqual([])
  expect(attachments[0].text).toContain('‹!channel›')
})

test('a webhook whose URL is lost asks for it, and a network that is not allowed is not reached', async () => {
  expect(await send({}, { secrets: {} })).toMatchObject({
    verdict: 'failed',
    message: expect.stringMatching(/Enter it again/),
  })
  const { config, secrets } = webhookKind.configure(
    parseInput(webhookKind.input, { url: receiver.url + PATH }),
  )
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
  const destination = webhookKind.open(config)
  const delivery = deliveryOf(webhookKind, destination, events, {
    secrets: secrets as Record<string, string>,
  })
  expect(await destination.send(delivery, outsideTools)).toMatchObject({ verdict: 'failed' })
  expect(receiver.received).toEqual([])
})
