import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { endStreams } from '@/lib/http/open-streams'
import { createToken } from '@/lib/tokens/create'
import { revokeToken } from '@/lib/tokens/revoke'
import { followTrail } from './follow'
import { followRoute } from './follow-route'
import { readMessages, type StreamMessage } from './testing/event-stream'
import { newTokenClient, someEvent, type TokenClient } from './testing/token-client'

const database = useTestDatabase()

async function follow(secret: string, query: string, headers: Record<string, string> = {}) {
  const url = `http://localhost/api/v1/events/follow?${query}`
  const request = new Request(url, { headers: { authorization: `Bearer ${secret}`, ...headers } })
  const response = await followRoute.GET(request, undefined)
  expect(response.status).toBe(200)
  const messages = readMessages(response.body as ReadableStream<Uint8Array>)
  const next = async (): Promise<StreamMessage> => {
    const { value, done } = await messages.next()
    if (done) throw new Error('the stream has ended')
    return value
  }
  /** The messages of the events, until there are so many. */
  const events = async (count: number): Promise<StreamMessage[]> => {
    const found: StreamMessage[] = []
    while (found.length < count) {
      const message = await next()
      if (message.event === 'message') found.push(message)
    }
    return found
  }
  return { next, events, end: () => messages.return(undefined) }
}

const sendOne = (client: TokenClient, message: string) => client.post(someEvent({ message }))
const messagesOf = (found: StreamMessage[]) => found.map(({ data }) => JSON.parse(data).message)

test('without a place it begins now, and tells which place that is; then events come as they are appended', async () => {
  const client = await newTokenClient()
  await sendOne(client, 'before')
  const stream = await follow(client.secret, 'type=test')
  const { id, event } = await stream.next()
  expect(event).toBe('position')
  const sent = performance.now()
  await sendOne(client, 'after')
  const [first] = await stream.events(1)
  // The poll alone would take up to a second.
  expect(performance.now() - sent).toBeLessThan(900)
  expect(JSON.parse(first?.data ?? '')).toMatchObject({ message: 'after', seq: Number(first?.id) })
  expect(Number(first?.id)).toBeGreaterThan(Number(id))
  await stream.end()
})

test('who comes back with the last id gets what came meanwhile, each once and in order', async () => {
  const client = await newTokenClient()
  await client.post({ events: Array.from({ length: 450 }, (_, i) => someEvent({ message: `${i}` })) })
  const first = await follow(client.secret, 'type=test&after=-1')
  const begun = await first.events(205)
  await first.end()
  await sendOne(client, '450')
  // The header knows better than the address.
  const again = await follow(client.secret, 'type=test&after=0', { 'last-event-id': begun.at(-1)?.id ?? '' })
  const rest = await again.events(246)
  await again.end()
  expect(messagesOf([...begun, ...rest])).toEqual(Array.from({ length: 451 }, (_, i) => `${i}`))
})

test('events that another process appends arrive too', async () => {
  const client = await newTokenClient()
  const stream = await follow(client.secret, 'type=test')
  await stream.next()
  // As another process would: this one's append is not asked, so nothing tells of it.
  const { tenantId } = client.scope
  await database.owner().begin(async (sql) => {
    const [head] =
      await sql`update trail_heads set next_seq = next_seq + 1 where tenant_id = ${tenantId} returning next_seq::int - 1 as seq`
    await sql`insert into events (tenant_id, seq, id, received_at, occurred_at, level, type, action, origin, body, leaf_hash)
      values (${tenantId}, ${head?.seq}, gen_random_uuid(), now(), now(), 2, 'test', 'tried', 'system',
        '{"type":"test","action":"tried","level":"info","occurredAt":"2026-11-21T00:00:00Z","message":"elsewhere"}', '\\x00')`
  })
  expect(messagesOf(await stream.events(1))).toEqual(['elsewhere'])
  await stream.end()
})

test('another tenant sees nothing of it', async () => {
  const [client, other] = [await newTokenClient(), await newTokenClient()]
  const stream = await follow(other.secret, 'type=test&after=-1')
  await sendOne(client, 'not yours')
  await sendOne(other, 'yours')
  expect(messagesOf(await stream.events(1))).toEqual(['yours'])
  await stream.end()
})

test('a token that is revoked reads on for seconds only', async () => {
  const client = await newTokenClient()
  const { id, secret } = await createToken(client.scope, { name: 'short', scopes: ['events:read'] })
  const stream = await follow(secret, 'type=test')
  await stream.next()
  await revokeToken(client.scope, { id })
  await expect(stream.next()).rejects.toThrow('has ended')
})

test('who follows for months leaves nothing behind with each wait', async () => {
  const client = await newTokenClient()
  const stop = new AbortController()
  const batches = await followTrail(client.scope, {}, undefined, stop.signal)
  await batches.next()
  const before = getEventListeners(stop.signal, 'abort').length
  for (let i = 0; i < 5; i++) {
    await sendOne(client, `${i}`)
    await batches.next()
  }
  expect(getEventListeners(stop.signal, 'abort').length).toBeLessThanOrEqual(before)
  stop.abort()
})

test('a stopping server ends it cleanly', async () => {
  const client = await newTokenClient()
  const stream = await follow(client.secret, 'type=test')
  await stream.next()
  endStreams()
  await expect(stream.next()).rejects.toThrow('has ended')
})

test('a place that is none is refused', async () => {
  const { secret } = await newTokenClient()
  const headers = { authorization: `Bearer ${secret}`, 'last-event-id': 'x' }
  const request = new Request('http://localhost/api/v1/events/follow', { headers })
  expect((await followRoute.GET(request, undefined)).status).toBe(400)
})
