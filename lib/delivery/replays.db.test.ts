import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { getDestination } from '@/lib/forwarding/get'
import { answerWith, type Received } from '@/lib/http/testing/loopback-receiver'
import { alterHttp } from './testing/alter-http'
import { addDestination, appendNumbered, messagesIn, numbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

type Range = { from?: number; to?: number; onlyDead?: boolean }

/** As a person asks for it; the whole trail so far unless they say otherwise. */
async function replay(
  destinationId: string,
  { from = 0, to, onlyDead = false }: Range = {},
): Promise<string> {
  const id = randomUUID()
  const owner = given.owner()
  await owner`insert into delivery_replays (tenant_id, destination_id, id, from_seq, to_seq, only_dead, next_seq, requested_by)
    select tenant_id, destination_id, ${id}, ${from}, ${to ?? owner`next_seq`}, ${onlyDead}, ${from}, 'somebody'
    from delivery_streams where destination_id = ${destinationId}`
  await owner`update delivery_streams set running_replays = running_replays + 1, due_at = now() where destination_id = ${destinationId}`
  return id
}
const replayRow = async (id: string) =>
  (
    await given.owner()`select state, next_seq::int as next, sent_events::int as sent, finished_at from delivery_replays where id = ${id}`
  )[0]
const streamOf = async (id: string) => (await given.rows('delivery_streams', id))[0]
const ids = (requests: readonly Received[]) =>
  requests.flatMap(({ body }) => (JSON.parse(body) as { id: string }[]).map(({ id }) => id))

test('a range is sent again under the same ids and other keys, and the stream’s own cursor stays', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 2_500)
  await given.run()
  const first = given.receiver.received.splice(0)
  const before = await streamOf(id)
  const replayId = await replay(id)
  expect(await given.run()).toMatchObject({ events: 2_500, batches: 3, failed: 0 })
  expect(ids(given.receiver.received)).toEqual(ids(first))
  const keysOf = (requests: Received[]) => requests.map(({ headers }) => headers['idempotency-key'])
  expect(new Set([...keysOf(first), ...keysOf(given.receiver.received)]).size).toBe(6)
  const after = await streamOf(id)
  expect(after?.next_seq).toBe(before?.next_seq)
  expect(after).toMatchObject({ running_replays: 0, sent_events: '5000' })
  expect(await replayRow(replayId)).toMatchObject({
    state: 'done',
    sent: 2_500,
    finished_at: expect.anything(),
  })
  const attempts = await given.rows('delivery_attempts', id)
  expect(attempts.map(({ trigger }) => trigger).sort()).toEqual([
    ...Array(3).fill('auto'),
    ...Array(3).fill('replay'),
  ])
  expect(await given.run()).toMatchObject({ streams: 0 })
})

test('events are judged by the filter that was in force when they came', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 2, (i) => ({ message: `old${i}` }))
  await given.edit(id, { types: ['login'] })
  await appendNumbered(given.scope, 2, (i) => ({ message: `unwanted${i}` }))
  await appendNumbered(given.scope, 2, (i) => ({ message: `new${i}`, type: 'login' }))
  await given.run()
  given.receiver.received.length = 0
  await replay(id)
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(['old0', 'old1', 'new0', 'new1'])
})

test('only what was set aside is sent again, and is resolved once it gets through', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 60)
  const refuse = (bad: string[]) =>
    given.receiver.answer((request, response) => {
      const isBad = messagesIn([request]).some((message) => bad.includes(message))
      response.writeHead(isBad ? 400 : 200).end()
    })
  refuse(['n7', 'n30', 'n31'])
  await given.run()
  expect((await getDestination(given.scope, id)).stats).toMatchObject({ deadEvents: 3, sentEvents: 57 })
  refuse(['n30'])
  given.receiver.received.length = 0
  const replayId = await replay(id, { onlyDead: true })
  await given.run()
  expect(new Set(messagesIn(given.receiver.received))).toEqual(new Set(['n7', 'n30', 'n31']))
  const open = await given.owner()`select e.message from delivery_dead d join events e using (tenant_id, seq)
    where d.destination_id = ${id} and d.resolved_at is null`
  expect(open.map(({ message }) => message)).toEqual(['n30'])
  expect(await replayRow(replayId)).toMatchObject({ state: 'done', sent: 2 })
  expect((await getDestination(given.scope, id)).stats).toMatchObject({ deadEvents: 3, sentEvents: 59 })
})

test('of what was set aside nothing is passed over because an event among it is no longer there', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 40)
  const bad = ['n5', 'n10', 'n20', 'n30']
  given.receiver.answer((request, response) => {
    response.writeHead(messagesIn([request]).some((message) => bad.includes(message)) ? 400 : 200).end()
  })
  await given.run()
  // As if it were erased or dropped since: the filter lets it through no more.
  await given.owner()`update delivery_dead set seq = 0 where seq = (select min(seq) from delivery_dead where destination_id = ${id})`
  await given.owner()`update delivery_streams set batch_limit = 2 where destination_id = ${id}`
  given.receiver.answer(answerWith(200))
  given.receiver.received.length = 0
  await replay(id, { onlyDead: true })
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(['n10', 'n20', 'n30'])
})

test('new events go before the rest of a replay', async () => {
  alterHttp(() => ({ maxEvents: 10 }))
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 100)
  await given.run()
  await replay(id)
  given.receiver.received.length = 0
  let requests = 0
  given.receiver.answer(async (_request, response) => {
    if (++requests === 3) await appendNumbered(given.scope, 1, () => ({ message: 'fresh' }))
    response.end('ok')
  })
  await given.run()
  const order = messagesIn(given.receiver.received)
  expect(order.indexOf('fresh')).toBe(30)
  expect(order.filter((message) => message !== 'fresh')).toEqual(numbered(100))
})

test('a live backlog that never ends leaves a replay one batch a turn', async () => {
  alterHttp(() => ({ maxEvents: 10 }))
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 20)
  await given.run()
  await appendNumbered(given.scope, 200, (i) => ({ message: `live${i}` }))
  given.receiver.received.length = 0
  // The first answer takes longer than a turn lasts.
  let requests = 0
  given.receiver.answer((_request, response) => {
    setTimeout(() => response.end('ok'), ++requests === 1 ? 5_100 : 0)
  })
  const replayId = await replay(id, { to: 20 })
  await given.run()
  const order = messagesIn(given.receiver.received)
  expect(order.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, i) => `live${i}`))
  expect(order.slice(10, 20).every((message) => message.startsWith('n'))).toBe(true)
  expect(await replayRow(replayId)).toMatchObject({ state: 'done' })
  expect(order.filter((message) => message.startsWith('live'))).toHaveLength(200)
}, 20_000)

test('a failing receiver holds a replay as it holds the stream; paused, both rest', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 5)
  await given.run()
  given.receiver.answer(answerWith(503))
  given.receiver.received.length = 0
  const replayId = await replay(id)
  expect(await given.run()).toMatchObject({ failed: 1 })
  expect(await given.run()).toMatchObject({ streams: 0 })
  expect(await streamOf(id)).toMatchObject({ consecutive_failures: 1, running_replays: 1 })
  const key = given.receiver.received[0]?.headers['idempotency-key']
  given.receiver.answer(answerWith(200))
  await given.owner()`update delivery_streams set state = 'paused', due_at = now() where destination_id = ${id}`
  expect(await given.run()).toMatchObject({ streams: 0 })
  await given.owner()`update delivery_streams set state = 'active' where destination_id = ${id}`
  await given.run()
  expect(given.receiver.received[1]?.headers['idempotency-key']).toBe(key)
  expect(await replayRow(replayId)).toMatchObject({ state: 'done', sent: 5 })
})

test('a cancelled replay ends with the batch that is on its way, and the count of running ones mends itself', async () => {
  alterHttp(() => ({ maxEvents: 10 }))
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 50)
  await given.run()
  given.receiver.received.length = 0
  const replayId = await replay(id)
  given.receiver.answer(async (_request, response) => {
    await given.owner()`update delivery_replays set state = 'cancelled', finished_at = now() where id = ${replayId}`
    response.end('ok')
  })
  await given.run()
  expect(given.receiver.received.length).toBeLessThanOrEqual(2)
  expect(await streamOf(id)).toMatchObject({ running_replays: 0 })
  expect(await replayRow(replayId)).toMatchObject({ state: 'cancelled' })
})

test('a replay’s batches are acknowledged like any other', async () => {
  let accepted = 0
  alterHttp(({ send }) => ({
    maxEvents: 10,
    send: async (delivery, tools) => {
      const outcome = await send(delivery, tools)
      return outcome.verdict === 'delivered'
        ? { ...outcome, verdict: 'accepted', ackId: `${accepted++}` }
        : outcome
    },
    pollAcks: async (acked) => ({ verdict: 'answered', acked }),
  }))
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 30)
  for (let i = 0; i < 3; i++) {
    await given.makeDue()
    await given.run()
  }
  const replayId = await replay(id)
  for (let i = 0; i < 4; i++) {
    await given.makeDue()
    await given.run()
  }
  expect(messagesIn(given.receiver.received)).toEqual([...numbered(30), ...numbered(30)])
  expect(await replayRow(replayId)).toMatchObject({ state: 'done', sent: 30 })
  expect(await streamOf(id)).toMatchObject({ sent_events: '60', running_replays: 0 })
})
