import { gzipSync } from 'node:zlib'
import { fromBinary, type JsonObject, toJson } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { createToken } from '@/lib/tokens/create'
import { revokeToken } from '@/lib/tokens/revoke'
import { listEvents } from '@/lib/trail/list'
import { newTokenClient, type TokenClient } from '@/lib/trail/testing/token-client'
import { logsRoute } from './logs-route'
import { messageOf } from './messages'
import { toProtobufRequest } from './testing/protobuf-request'

useTestDatabase()

const JSON_TYPE = 'application/json'
const PROTOBUF_TYPE = 'application/x-protobuf'

type Token = { secret: string }

async function send({ secret }: Token, body: BodyInit | Buffer, headers: Record<string, string> = {}) {
  const request = new Request('http://localhost/v1/logs', {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': JSON_TYPE, ...headers },
    body: body as BodyInit,
  })
  const response = await logsRoute.POST(request, undefined)
  return { status: response.status, type: response.headers.get('content-type'), response }
}

const toRequest = (logRecords: JsonObject[], resource?: JsonObject) => ({
  resourceLogs: [{ ...(resource && { resource }), scopeLogs: [{ logRecords }] }],
})
const text = (stringValue: string) => ({ stringValue })
const sendJson = async (token: Token, logRecords: JsonObject[], headers = {}) => {
  const { status, response } = await send(token, JSON.stringify(toRequest(logRecords)), headers)
  return { status, answer: await response.json() }
}

async function storedBy({ scope }: TokenClient) {
  const { events } = await listEvents(scope, {}, { order: 'asc', after: -1, limit: 1000 })
  return events.filter(({ origin }) => origin.startsWith('token:'))
}

test('records are taken in both encodings, with gzip and without, and answered in the same encoding', async () => {
  const client = await newTokenClient()
  const request = toRequest([{ body: text('hello'), severityNumber: 17 }])
  const gzip = { 'content-encoding': 'gzip' }
  const asJson = await send(client, gzipSync(JSON.stringify(request)), gzip)
  expect(asJson).toMatchObject({ status: 200, type: JSON_TYPE })
  expect(await asJson.response.json()).toEqual({})
  const asProtobuf = await send(client, toProtobufRequest(request), { 'content-type': PROTOBUF_TYPE })
  expect(asProtobuf).toMatchObject({ status: 200, type: PROTOBUF_TYPE })
  expect((await asProtobuf.response.arrayBuffer()).byteLength).toBe(0)
  expect(await storedBy(client)).toMatchObject([
    { message: 'hello', level: 'error', type: 'otlp', action: 'logged' },
    { message: 'hello', level: 'error', type: 'otlp', action: 'logged' },
  ])
})

test('what cannot be taken is counted with the first reason, and the rest is taken', async () => {
  const client = await newTokenClient()
  const records: JsonObject[] = [
    { body: text('a') },
    { body: text('b\u0000') },
    { timeUnixNano: 'noon' },
    { body: text('d') },
  ]
  expect(await sendJson(client, records)).toEqual({
    status: 200,
    answer: {
      partialSuccess: {
        rejectedLogRecords: '2',
        errorMessage: expect.stringMatching(/^log record 1 .*U\+0000/),
      },
    },
  })
  expect(await storedBy(client)).toMatchObject([{ message: 'a' }, { message: 'd' }])
  const large = toProtobufRequest(toRequest([{ body: text('x'.repeat(300_000)) }]))
  const { response } = await send(client, large, { 'content-type': PROTOBUF_TYPE })
  const answered = fromBinary(
    messageOf('ExportLogsServiceResponse'),
    new Uint8Array(await response.arrayBuffer()),
  )
  expect(toJson(messageOf('ExportLogsServiceResponse'), answered)).toMatchObject({
    partialSuccess: { rejectedLogRecords: '1' },
  })
})

test('a record with log.record.uid that is sent again is in the trail once', async () => {
  const client = await newTokenClient()
  const record = { body: text('x'), attributes: [{ key: 'log.record.uid', value: text('u1') }] }
  await sendJson(client, [record, { body: text('y') }])
  await sendJson(client, [record, { body: text('y') }])
  expect((await storedBy(client)).map(({ message }) => message)).toEqual(['x', 'y', 'y'])
})

test('long requests keep their order', async () => {
  const client = await newTokenClient()
  const records = Array.from({ length: 990 }, (_, i) => ({ body: text(String(i)) }))
  expect((await sendJson(client, records)).status).toBe(200)
  expect((await storedBy(client)).map(({ message }) => Number(message))).toEqual(records.map((_, i) => i))
})

test.each([
  ['no JSON', '{"resourceLogs":', JSON_TYPE, 400, 3],
  ['no object', '[]', JSON_TYPE, 400, 3],
  ['no array', '{"resourceLogs":{}}', JSON_TYPE, 400, 3],
  [
    'no attributes',
    '{"resourceLogs":[{"resource":{"attributes":7},"scopeLogs":[{"logRecords":[{}]}]}]}',
    JSON_TYPE,
    400,
    3,
  ],
  ['no protobuf', 'hello', PROTOBUF_TYPE, 400, 3],
  ['too many records', JSON.stringify(toRequest(Array(20_001).fill({}))), JSON_TYPE, 413, 3],
  [
    'a resource that would be repeated at great length',
    JSON.stringify(toRequest([{}], { attributes: [{ key: 'a', value: text('x'.repeat(70_000)) }] })),
    JSON_TYPE,
    400,
    3,
  ],
  ['another type', 'x', 'text/plain', 415, 3],
])('%s is a Status in the encoding of the request', async (_, body, type, status, code) => {
  const client = await newTokenClient()
  const sent = await send(client, body, { 'content-type': type })
  expect(sent.status).toBe(status)
  const bytes = Buffer.from(await sent.response.arrayBuffer())
  const told =
    sent.type === PROTOBUF_TYPE
      ? toJson(messageOf('Status'), fromBinary(messageOf('Status'), bytes))
      : JSON.parse(bytes.toString())
  expect(told).toEqual({ code, message: expect.stringMatching(/\w/) })
  expect(sent.type).toBe(type === PROTOBUF_TYPE ? PROTOBUF_TYPE : JSON_TYPE)
  expect(await storedBy(client)).toEqual([])
})

test('only a token that may write is let in, and into its own tenant', async () => {
  const [client, other] = [await newTokenClient(), await newTokenClient()]
  const reader = await createToken(client.scope, { name: 'reader', scopes: ['events:read'] })
  const revoked = await createToken(client.scope, { name: 'revoked', scopes: ['events:write'] })
  await revokeToken(client.scope, { id: revoked.id })
  expect(await sendJson(reader, [{}])).toMatchObject({ status: 403, answer: { code: 7 } })
  expect(await sendJson(revoked, [{}])).toMatchObject({ status: 401, answer: { code: 16 } })
  expect(await sendJson({ secret: 'x' }, [{}])).toMatchObject({ status: 401, answer: { code: 16 } })
  expect((await sendJson(client, [{}])).status).toBe(200)
  expect(await storedBy(client)).toHaveLength(1)
  expect(await storedBy(other)).toEqual([])
})

test('an empty request is fine', async () => {
  const client = await newTokenClient()
  expect((await send(client, '{}')).status).toBe(200)
  expect((await send(client, Buffer.alloc(0), { 'content-type': PROTOBUF_TYPE })).status).toBe(200)
})

test('what is no text where OTLP has one, and what nests without end, is refused and breaks nothing', async () => {
  const client = await newTokenClient()
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  for (const group of [`"scope":{"name":${deep}}`, `"schemaUrl":${deep}`, '"scope":{"version":{}}']) {
    const { status } = await send(client, `{"resourceLogs":[{"scopeLogs":[{${group},"logRecords":[{}]}]}]}`)
    expect(status).toBe(400)
  }
  const record = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":${deep}}]}]}]}`
  const { status, response } = await send(client, record)
  expect(status).toBe(200)
  expect(await response.json()).toMatchObject({ partialSuccess: { rejectedLogRecords: '1' } })
})

test('a small request that would be read or stored as an enormous one is cheap to refuse', async () => {
  const client = await newTokenClient()
  const attributes = [{ key: 'k', value: text('x'.repeat(60_000)) }]
  const begun = performance.now()
  const empty = { resourceLogs: [{ resource: { attributes }, scopeLogs: Array(100_000).fill({}) }] }
  expect((await send(client, JSON.stringify(empty))).status).toBe(200)
  const spread = toRequest(Array(5_000).fill({}), { attributes })
  expect((await send(client, JSON.stringify(spread))).status).toBe(413)
  // The resource read anew for each empty scope would take half a minute.
  expect(performance.now() - begun).toBeLessThan(5_000)
})
