import { expect, test } from 'vitest'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import { alterHttp } from './testing/alter-http'
import { addDestination, appendNumbered, messagesIn, numbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

async function addCollecting(changes: { flushEvents?: number; maxEvents?: number } = {}): Promise<string> {
  const { flushEvents = 50_000, maxEvents = 1_000 } = changes
  alterHttp(() => ({ maxEvents, schedule: { everySeconds: 300, flushEvents } }), { maySplit: false })
  return addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
}
const dueIn = async (id: string) => {
  const [row] = await given.owner()`
    select extract(epoch from due_at - now())::float8 as seconds,
      mod(extract(epoch from due_at)::bigint - phase_seconds, every_seconds)::int as offset
    from delivery_streams where destination_id = ${id}`
  return { seconds: Number(row?.seconds), offset: Number(row?.offset) }
}

test('what is sent waits for the stream’s next time, and goes then in one batch', async () => {
  const id = await addCollecting()
  await appendNumbered(given.scope, 3)
  await given.run()
  const { seconds, offset } = await dueIn(id)
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(300)
  expect(offset).toBe(0)
  await appendNumbered(given.scope, 2, (i) => ({ message: `n${3 + i}` }))
  expect(await given.run()).toMatchObject({ streams: 0 })
  await appendNumbered(given.scope, 1, () => ({ message: 'n5' }))
  await given.makeDue()
  expect(await given.run()).toMatchObject({ streams: 1, batches: 1 })
  expect(messagesIn(given.receiver.received)).toEqual(numbered(6))
  expect((await dueIn(id)).offset).toBe(0)
})

test('while batches are full the next one follows at once', async () => {
  const id = await addCollecting({ maxEvents: 4 })
  await appendNumbered(given.scope, 10)
  expect(await given.run()).toMatchObject({ batches: 3, events: 10 })
  expect((await dueIn(id)).seconds).toBeGreaterThan(0)
})

test('enough collected events leave before their time, but not while the receiver fails', async () => {
  const id = await addCollecting({ flushEvents: 20 })
  await appendNumbered(given.scope, 1)
  await given.run()
  await appendNumbered(given.scope, 18, (i) => ({ message: `n${1 + i}` }))
  expect(await given.run()).toMatchObject({ streams: 0 })
  given.receiver.answer(answerWith(503))
  await appendNumbered(given.scope, 2, (i) => ({ message: `n${19 + i}` }))
  expect(await given.run()).toMatchObject({ streams: 1, failed: 1 })
  await appendNumbered(given.scope, 40, (i) => ({ message: `n${21 + i}` }))
  expect(await given.run()).toMatchObject({ streams: 0 })
  given.receiver.answer(answerWith(200))
  given.receiver.received.splice(1)
  await given.makeDue()
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(numbered(61))
  expect((await dueIn(id)).seconds).toBeGreaterThan(0)
})

test('a filter that leaves everything out moves the cursor, and waits as well', async () => {
  const id = await addCollecting()
  await appendNumbered(given.scope, 5, () => ({ type: 'other' }))
  await given.run()
  expect(given.receiver.received).toEqual([])
  expect((await dueIn(id)).seconds).toBeGreaterThan(0)
  expect(await given.run()).toMatchObject({ streams: 0 })
})
