import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { parseFilter } from './filter-url'
import { getEvent } from './get'
import { listEvents, type PageRequest } from './list'
import { newTokenClient, someEvent, type TokenClient } from './testing/token-client'
import { listTypes } from './types'

useTestDatabase()

let client: TokenClient
let other: TokenClient

beforeAll(async () => {
  client = await newTokenClient()
  other = await newTokenClient()
  await client.post({
    events: [
      someEvent({
        message: 'a',
        level: 'debug',
        actor: { login: 'ann', ip: '10.1.2.3' },
        code: 'USER_LOGIN',
      }),
      someEvent({ message: 'b', level: 'error', actor: { identity: 'ann' }, status: 'fail', category: 'c1' }),
      someEvent({
        message: '100% c_d',
        actor: { id: 'ann', ip: '10.1.9.9', sessionId: 's1' },
        source: 'app.acme.com',
      }),
      someEvent({
        message: 'd',
        type: 'relay',
        targets: [{ name: 'x' }, { name: 'y', type: 'file' }],
        dataSource: 'ds',
      }),
      someEvent({
        message: 'e',
        action: 'deleted',
        occurredAt: '2020-01-01T00:00:00Z',
        actor: { ip: '2001:db8::1' },
      }),
    ],
  })
  await other.post(someEvent({ message: 'of another tenant', type: 'foreign' }))
})

async function messagesOf(query: string): Promise<string> {
  const filter = parseFilter(new URLSearchParams(`${query}&type=!admin&type=!account`))
  const { events } = await listEvents(client.scope, filter, { order: 'asc' })
  return events.map(({ message }) => message?.at(0)).join('')
}

test.each([
  ['', 'ab1de'],
  ['type=relay', 'd'],
  ['type=!relay', 'ab1e'],
  ['level=debug&level=error', 'ab'],
  ['level=!error', 'a1de'],
  ['minLevel=notice', 'b'],
  ['action=deleted', 'e'],
  ['status=fail', 'b'],
  ['status=!fail', 'a1de'],
  ['code=USER_LOGIN', 'a'],
  ['category=c1', 'b'],
  ['actor=ann', 'ab1'],
  ['actor=!ann', 'de'],
  ['target=y', 'd'],
  ['targetType=file', 'd'],
  ['source=app.acme.com', '1'],
  ['session=s1', '1'],
  ['dataSource=ds', 'd'],
  ['ip=10.1.2.3', 'a'],
  ['ip=10.1.0.0/16', 'a1'],
  ['ip=!10.0.0.0/8', 'bde'],
  ['ip=2001:db8::/32', 'e'],
  ['q=login', 'a'],
  ['q=LOG', 'a'],
  ['q=acme.co', '1'],
  ['q=0%25 c_', '1'],
  ['q=_', 'a1'],
  ['q=!login', 'b1de'],
  ['q=100&q=nowhere', ''],
  ['to=2021-01-01T00:00:00Z', 'e'],
  ['from=-1h', 'ab1d'],
  ['type=nothing', ''],
])('filter %s', async (query, expected) => {
  expect(await messagesOf(query)).toBe(expected)
})

test('pages by key show every event once, forwards and back, while new ones arrive', async () => {
  const reader = await newTokenClient()
  await reader.post({ events: Array.from({ length: 25 }, (_, i) => someEvent({ message: String(i) })) })
  const filter = parseFilter(new URLSearchParams('type=test'))
  const walk = (request: PageRequest) => listEvents(reader.scope, filter, { limit: 10, ...request })

  const first = await walk({})
  await reader.post(someEvent({ message: 'later' }))
  const second = await walk({ cursor: first.next ?? '' })
  const third = await walk({ cursor: second.next ?? '' })
  const forwards = [first, second, third].flatMap(({ events }) =>
    events.map(({ message }) => Number(message)),
  )
  expect(forwards).toEqual(Array.from({ length: 25 }, (_, i) => 24 - i))
  expect([first.prev, third.next]).toEqual([null, null])

  const back = await walk({ cursor: third.prev ?? '' })
  expect(back.events).toEqual(second.events)
  const front = await walk({ cursor: back.prev ?? '' })
  expect(front.events).toEqual(first.events)
  const newest = await walk({ cursor: front.prev ?? '' })
  expect(newest.events.map(({ message }) => message)).toEqual(['later'])
  expect(newest.prev).toBeNull()
})

test('a poller that asks after the last seq sees every event once, oldest first', async () => {
  const poller = await newTokenClient()
  const seen: string[] = []
  let after = -1
  for (let round = 0; round < 4; round++) {
    await poller.post({ events: [someEvent({ message: `${round}a` }), someEvent({ message: `${round}b` })] })
    const { events } = await listEvents(poller.scope, {}, { after })
    after = events.at(-1)?.seq ?? after
    seen.push(...events.filter(({ type }) => type === 'test').map(({ message }) => message ?? ''))
  }
  expect(seen).toEqual(['0a', '0b', '1a', '1b', '2a', '2b', '3a', '3b'])
})

test("another tenant's event is not found by its id, and its types are not offered", async () => {
  const { events } = await listEvents(other.scope, parseFilter(new URLSearchParams('type=foreign')))
  const id = events[0]?.id ?? ''
  expect(await getEvent(other.scope, id)).toMatchObject({ message: 'of another tenant' })
  await expect(getEvent(client.scope, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(getEvent(client.scope, 'no-id')).rejects.toMatchObject({ code: 'not_found' })
  expect(await listTypes(client.scope)).toEqual(['account', 'admin', 'relay', 'test'])
})

test('what comes out is what went in, with what the trail added', async () => {
  const sent = someEvent({
    data: { z: 1, a: ['ä', null] },
    custom: { custom1: 'x' },
    targets: [{ name: 't' }],
  })
  const { answer } = await client.post(sent)
  const [result] = answer.results
  if (result?.status !== 'created') throw new Error('not created')
  const event = await getEvent(client.scope, result.id)
  expect(event).toMatchObject({
    ...sent,
    level: 'info',
    id: result.id,
    seq: result.seq,
    leafHash: result.leafHash,
  })
  expect(event.origin).toMatch(/^token:/)
  expect(event.occurredAt).toBe(event.receivedAt)
})

test('a page of large events ends early, and the next goes on without a gap', async () => {
  const reader = await newTokenClient()
  const large = () => someEvent({ data: { text: 'x'.repeat(250_000) } })
  for (let i = 0; i < 2; i++) await reader.post({ events: Array.from({ length: 20 }, large) })
  const filter = parseFilter(new URLSearchParams('type=test'))
  const first = await listEvents(reader.scope, filter, { limit: 1000 })
  expect(first.events.length).toBeLessThan(36)
  const second = await listEvents(reader.scope, filter, { limit: 1000, cursor: first.next ?? '' })
  expect([...first.events, ...second.events]).toHaveLength(40)
  expect(second.next).toBeNull()
})

test('a foreign cursor is refused', async () => {
  await expect(listEvents(client.scope, {}, { cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({
    code: 'invalid',
  })
})
