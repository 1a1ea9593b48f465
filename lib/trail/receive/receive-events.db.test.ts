import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { createToken } from '@/lib/tokens/create'
import { eventsRoute } from '@/lib/trail/events-route'
import { newTokenClient, someEvent } from '@/lib/trail/testing/token-client'

const database = useTestDatabase()

const ndjson = { 'content-type': 'application/x-ndjson' }
const lines = (values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')
const verdictsOf = async (response: Response) =>
  (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

async function countEvents(tenantId: string): Promise<number> {
  const [row] = await database.owner()`select count(*)::int as n from events
    where tenant_id = ${tenantId} and type = 'test'`
  return row?.n
}

test('one event: 201 with id, seq and leaf hash, readable at once by its id', async () => {
  const client = await newTokenClient()
  const { status, answer } = await client.post(someEvent({ message: 'hello' }))
  expect(status).toBe(201)
  expect(answer).toMatchObject({ accepted: 1, duplicates: 0, rejected: 0 })
  const [result] = answer.results
  expect(result).toMatchObject({ status: 'created', leafHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
})

test('many events: the status tells whether all, some or none were taken', async () => {
  const { post, scope } = await newTokenClient()
  const keyed = someEvent({ dataSource: 'd', externalRef: '1' })
  const bad = { type: 'test' }
  expect((await post({ events: [keyed, someEvent()] })).status).toBe(201)
  expect((await post({ events: [keyed, someEvent()] })).status).toBe(200)
  const mixed = await post({ events: [bad, someEvent(), keyed] })
  expect(mixed.status).toBe(207)
  expect(mixed.answer.results.map(({ status }) => status)).toEqual(['rejected', 'created', 'duplicate'])
  expect((await post({ events: [bad, bad] })).status).toBe(422)
  expect(await countEvents(scope.tenantId)).toBe(4)
})

test('a duplicate answers with the id and seq of the first', async () => {
  const { post } = await newTokenClient()
  const event = someEvent({ dataSource: 'd', externalRef: 'x' })
  const [first] = (await post(event)).answer.results
  const [again] = (await post({ ...event, message: 'mapped better' })).answer.results
  expect(first?.status === 'created' && again).toMatchObject({
    status: 'duplicate',
    id: (first as { id: string }).id,
    seq: (first as { seq: number }).seq,
  })
})

test('an Idempotency-Key makes a repeated request harmless, event by event', async () => {
  const { post, scope } = await newTokenClient()
  const body = { events: [someEvent(), someEvent()] }
  const first = await post(body, { 'idempotency-key': 'k1' })
  const again = await post(body, { 'idempotency-key': 'k1' })
  const other = await post(body, { 'idempotency-key': 'k2' })
  expect([first.status, again.status, other.status]).toEqual([201, 200, 201])
  expect(await countEvents(scope.tenantId)).toBe(4)
})

test('gzip is inflated, as JSON and as NDJSON', async () => {
  const { send, scope } = await newTokenClient()
  const gzip = { 'content-encoding': 'gzip' }
  expect((await send(gzipSync(JSON.stringify(someEvent())), gzip)).status).toBe(201)
  expect((await send(gzipSync(lines([someEvent(), someEvent()])), { ...ndjson, ...gzip })).status).toBe(201)
  expect(await countEvents(scope.tenantId)).toBe(3)
})

test('NDJSON gets a verdict line for each line, in order, whatever is between them', async () => {
  const { send } = await newTokenClient()
  const response = await send(
    `${lines([someEvent()])}\nnot json\n${lines([{ type: 'x' }, someEvent()])}`,
    ndjson,
  )
  expect(response.status).toBe(207)
  const verdicts = await verdictsOf(response)
  expect(verdicts.map(({ line, status }) => [line, status])).toEqual([
    [1, 'created'],
    [3, 'rejected'],
    [4, 'rejected'],
    [5, 'created'],
  ])
})

test('long NDJSON streams: lines keep their order in the trail', async () => {
  const { send, scope } = await newTokenClient()
  const sent = Array.from({ length: 2600 }, (_, i) => someEvent({ externalRef: String(i) }))
  const response = await send(lines(sent), ndjson)
  expect(response.status).toBe(200)
  const verdicts = await verdictsOf(response)
  expect(verdicts).toHaveLength(2600)
  const stored = await database.owner()`select body from events
    where tenant_id = ${scope.tenantId} and type = 'test' order by seq`
  expect(stored.map(({ body }) => JSON.parse(body).externalRef)).toEqual(
    sent.map(({ externalRef }) => externalRef),
  )
})

test('NDJSON that breaks off in the middle keeps what was acknowledged and says where it ended', async () => {
  const { send, scope } = await newTokenClient()
  const whole = gzipSync(
    lines(Array.from({ length: 3000 }, (_, i) => someEvent({ data: { i, r: Math.random() } }))),
  )
  const response = await send(whole.subarray(0, whole.length - 2000), {
    ...ndjson,
    'content-encoding': 'gzip',
  })
  const verdicts = await verdictsOf(response)
  expect(verdicts.at(-1)).toMatchObject({ status: 'failed', code: 'invalid' })
  expect(verdicts.length - 1).toBe(await countEvents(scope.tenantId))
})

test('NDJSON whose large first lines fill a chunk, and that then breaks off, tells what was stored', async () => {
  const { send, scope } = await newTokenClient()
  const large = () => someEvent({ data: { r: Array.from({ length: 12_000 }, () => Math.random()) } })
  const whole = gzipSync(lines(Array.from({ length: 8 }, large)))
  const response = await send(whole.subarray(0, whole.length - 1000), {
    ...ndjson,
    'content-encoding': 'gzip',
  })
  const verdicts = await verdictsOf(response)
  expect(response.status).toBe(200)
  expect(verdicts.at(-1)?.status).toBe('failed')
  expect(verdicts.length - 1).toBe(await countEvents(scope.tenantId))
  expect(verdicts.length).toBeGreaterThan(1)
})

test('an Idempotency-Key belongs to its token: two clients that count 1, 2, 3 lose nothing', async () => {
  const one = await newTokenClient()
  const { secret } = await createToken(one.scope, { name: 'other', scopes: ['events:write'] })
  const first = await one.post(someEvent({ message: 'one' }), { 'idempotency-key': '1' })
  const second = await one.post(someEvent({ message: 'two' }), {
    'idempotency-key': '1',
    authorization: `Bearer ${secret}`,
  })
  expect([first.status, second.status]).toEqual([201, 201])
})

test.each(['constructor', 'toString', '__proto__', 'text/plain', ''])(
  'the media type "%s" is refused',
  async (type) => {
    const { send } = await newTokenClient()
    const response = await send(JSON.stringify(someEvent()), { 'content-type': type })
    expect(response.status).toBe(415)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  },
)

test('1,001 events in one JSON request are too many, and nothing is stored', async () => {
  const { post, scope } = await newTokenClient()
  expect((await post({ events: Array.from({ length: 1001 }, () => someEvent()) })).status).toBe(413)
  expect(await countEvents(scope.tenantId)).toBe(0)
})

test('a token without events:write, and no token at all, are told apart', async () => {
  const { send } = await newTokenClient()
  expect((await send('{}', { authorization: 'Bearer nonsense' })).status).toBe(401)
  const request = new Request('http://localhost/api/v1/events', { method: 'PATCH' })
  const response = await eventsRoute.PATCH(request, undefined)
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toContain('POST')
})
