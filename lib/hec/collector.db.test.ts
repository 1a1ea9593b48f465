import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { createToken } from '@/lib/tokens/create'
import { revokeToken } from '@/lib/tokens/revoke'
import { listEvents } from '@/lib/trail/list'
import { newTokenClient, type TokenClient } from '@/lib/trail/testing/token-client'
import { servicesRoute } from './collector-route'

useTestDatabase()

type Sent = { status: number; answer: Record<string, unknown> }

async function call(path: string, init: RequestInit, method: 'GET' | 'POST' = 'POST'): Promise<Sent> {
  const request = new Request(`http://localhost/services/collector${path}`, { method, ...init })
  const response = await servicesRoute[method](request, undefined)
  return { status: response.status, answer: await response.json() }
}

const send = ({ secret }: { secret: string }, path: string, body: BodyInit | Buffer, headers = {}) =>
  call(path, { headers: { authorization: `Splunk ${secret}`, ...headers }, body: body as BodyInit })

async function bodiesOf({ scope }: TokenClient): Promise<Record<string, unknown>[]> {
  const { events } = await listEvents(scope, {}, { order: 'asc', after: -1 })
  return events.filter(({ origin }) => origin.startsWith('token:')) as unknown as Record<string, unknown>[]
}

test.each(['', '/1.0', '/event', '/event/1.0'])(
  'stacked events are taken at /services/collector%s',
  async (path) => {
    const client = await newTokenClient()
    const body = '{"event":"one","host":"a"}{"event":{"user":"ada"}}\n{"event":"three"}'
    expect(await send(client, path, body)).toEqual({ status: 200, answer: { text: 'Success', code: 0 } })
    expect(await bodiesOf(client)).toMatchObject([
      { message: 'one', source: 'a' },
      { actor: { login: 'ada' } },
      { message: 'three' },
    ])
  },
)

test('raw lines are events, with the metadata of the query string', async () => {
  const client = await newTokenClient()
  const query = '?host=web-1&source=app.log&sourcetype=app:log&index=main&time=1767225600'
  expect((await send(client, `/raw${query}`, 'first\r\n\n  \nsecond {')).status).toBe(200)
  const about = {
    type: 'app.log',
    source: 'web-1',
    occurredAt: '2026-01-01T00:00:00.000Z',
    data: { source: 'app.log', sourcetype: 'app:log', index: 'main' },
  }
  expect(await bodiesOf(client)).toMatchObject([
    { message: 'first', ...about },
    { message: 'second {', ...about },
  ])
})

test('gzip is inflated, a channel is passed over, and the token may be the password of Basic', async () => {
  const client = await newTokenClient()
  const headers = {
    authorization: `Basic ${Buffer.from(`x:${client.secret}`).toString('base64')}`,
    'content-encoding': 'gzip',
    'x-splunk-request-channel': 'not-even-a-guid',
  }
  expect((await send(client, '/event?channel=7', gzipSync('{"event":"x"}'), headers)).status).toBe(200)
  expect(await bodiesOf(client)).toHaveLength(1)
})

test.each([
  ['no header', {}, 401, 2],
  ['no scheme', { authorization: 'spoor_x' }, 401, 3],
  ['another scheme', { authorization: 'Bearer spoor_x' }, 401, 3],
  ['no password', { authorization: 'Basic eDo=' }, 401, 3],
  ['an unknown token', { authorization: 'Splunk spoor_x' }, 403, 4],
])('%s gets the status and code of Splunk', async (_, headers, status, code) => {
  const sent = await call('/event', { headers: headers as Record<string, string>, body: '{"event":"x"}' })
  expect(sent).toMatchObject({ status, answer: { code } })
  expect(await call('/health', { headers: headers as Record<string, string> }, 'GET')).toMatchObject(
    'authorization' in headers
      ? { status: 400, answer: { code: 21 } }
      : { status: 200, answer: { code: 17 } },
  )
})

test('a token in the query string is refused, a revoked one is invalid, one that may only read is disabled', async () => {
  const client = await newTokenClient()
  expect(await call(`/event?token=${client.secret}`, { body: '{"event":"x"}' })).toMatchObject({
    status: 400,
    answer: { code: 16 },
  })
  const reader = await createToken(client.scope, { name: 'reader', scopes: ['events:read'] })
  expect(await send(reader, '/event', '{"event":"x"}')).toMatchObject({ status: 403, answer: { code: 1 } })
  const revoked = await createToken(client.scope, { name: 'revoked', scopes: ['events:write'] })
  await revokeToken(client.scope, { id: revoked.id })
  expect(await send(revoked, '/event', '{"event":"x"}')).toMatchObject({ status: 403, answer: { code: 4 } })
  expect(await bodiesOf(client)).toEqual([])
})

test("events go to the trail of the token's tenant and to no other", async () => {
  const [one, other] = [await newTokenClient(), await newTokenClient()]
  await send(one, '/event', '{"event":"mine"}')
  expect(await bodiesOf(one)).toHaveLength(1)
  expect(await bodiesOf(other)).toEqual([])
})

test.each([
  ['{"event":"a"}{"event":"b"}{"x":1}{"event":"d"}', 12, 2],
  ['{"event":"a"}{"event":"b"}{"event":""}', 13, 2],
  ['{"event":"a"}{"event":"b"}{"event":"c","fields":{"a":{}}}{"event":"d"}', 15, 2],
  ['{"event":"a"}{"event":"b"}{"event":"c","time":"noon"}', 6, 2],
  ['{"event":"a"}{"event":"b"} nonsense {"event":"d"}', 6, 2],
  ['{"event":"a"}{"event":"b"}{"event":', 6, 2],
  ['{"event":"a"}{"event":"b"}{"event":"c\\u0000"}{"event":"d"}', 6, 2],
  [`{"event":"a"}{"event":"b"}{"event":"${'x'.repeat(300_000)}"}{"event":"d"}`, 6, 2],
  [`{"event":"a"}{"event":"b"}{"event":"${'x'.repeat(600_000)}"}{"event":"d"}`, 6, 2],
])(
  '%.60s: code %i names the bad event; those before it are taken, those after it not',
  async (body, code, number) => {
    const client = await newTokenClient()
    expect(await send(client, '/event', body)).toMatchObject({
      status: 400,
      answer: { code, 'invalid-event-number': number },
    })
    expect(await bodiesOf(client)).toMatchObject([{ message: 'a' }, { message: 'b' }])
  },
)

test('a bad event deep in a long request is numbered from its beginning', async () => {
  const client = await newTokenClient()
  const body = `${'{"event":"x"}'.repeat(1234)}{"event":null}{"event":"y"}`
  const { answer } = await send(client, '/event', body)
  expect(answer).toMatchObject({ code: 12, 'invalid-event-number': 1234 })
  const [{ events }] = [await listEvents(client.scope, {}, { order: 'desc', limit: 1 })]
  expect(events[0]).toMatchObject({ message: 'x' })
})

test.each(['', ' \n', '[]'])('a request of %j has no data', async (body) => {
  const client = await newTokenClient()
  expect(await send(client, '/event', body)).toMatchObject({ status: 400, answer: { code: 5 } })
})

test('a line that is not UTF-8 is refused with its number', async () => {
  const client = await newTokenClient()
  const body = Buffer.concat([Buffer.from('good\n\n'), Buffer.from([0xc3, 0x28, 0x0a])])
  expect((await send(client, '/raw', body)).answer).toMatchObject({ code: 6, 'invalid-event-number': 1 })
  expect(await bodiesOf(client)).toHaveLength(1)
})

test('broken gzip and unknown encodings are refused', async () => {
  const client = await newTokenClient()
  const gzip = { 'content-encoding': 'gzip' }
  expect(await send(client, '/event', '{"event":"x"}', gzip)).toMatchObject({
    status: 400,
    answer: { code: 6 },
  })
  expect((await send(client, '/event', 'x', { 'content-encoding': 'br' })).status).toBe(415)
})

test('acknowledgement is off, health needs no token, and other paths are not found', async () => {
  const client = await newTokenClient()
  expect(await send(client, '/ack', '{"acks":[0]}')).toMatchObject({ status: 400, answer: { code: 14 } })
  const authorization = `Splunk ${client.secret}`
  expect(await call('/health/1.0', { headers: { authorization } }, 'GET')).toMatchObject({
    status: 200,
    answer: { code: 17 },
  })
  expect(await call('/nothing', {}, 'GET')).toMatchObject({ status: 404, answer: { code: 404 } })
  expect((await call('/event', {}, 'GET')).status).toBe(405)
})

test('an event that another Spoor forwards twice is in the trail once', async () => {
  const client = await newTokenClient()
  const forwarded = {
    id: '01930000-0000-7000-8000-000000000001',
    seq: 7,
    receivedAt: '2026-11-20T00:00:00.000Z',
    leafHash: 'a'.repeat(64),
    origin: 'console',
  }
  const event = { type: 'account', action: 'signed in', level: 'info', occurredAt: '2026-11-20T00:00:00Z' }
  const body = JSON.stringify({ event: { ...forwarded, ...event } })
  await send(client, '/event', body)
  await send(client, '/raw', JSON.stringify({ ...forwarded, ...event }))
  const bodies = await bodiesOf(client)
  expect(bodies).toHaveLength(1)
  expect(bodies[0]).toMatchObject({ ...event, data: { forwarded } })
})

test('two trails that forward to each other stop after one round', async () => {
  const [one, other] = [await newTokenClient(), await newTokenClient()]
  await one.post({ type: 'test', action: 'tried' })
  let [newest] = await bodiesOf(one)
  for (const taker of [other, one, other, one, other]) {
    await send(taker, '/event', JSON.stringify({ event: newest }))
    newest = (await bodiesOf(taker)).at(-1)
  }
  expect(await bodiesOf(one)).toHaveLength(2)
  expect(await bodiesOf(other)).toHaveLength(1)
})
