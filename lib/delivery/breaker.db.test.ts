import { expect, test } from 'vitest'
import { getDestination } from '@/lib/forwarding/get'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import { addDestination, appendNumbered, messagesIn, numbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const sizes = () => given.receiver.received.map((request) => messagesIn([request]).length)
const breakerOf = async (id: string) => (await given.rows('delivery_streams', id))[0]?.breaker

test('after five failures only a single event probes; once it gets through, batches double until they are full', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 2_500)
  given.receiver.answer(answerWith(503))
  for (let i = 1; i <= 7; i++) {
    expect(await given.run()).toMatchObject({ events: 0, failed: 1 })
    expect(await breakerOf(id)).toBe(i < 5 ? 'closed' : 'open')
    await given.makeDue()
  }
  expect(sizes()).toEqual([1_000, 1_000, 1_000, 1_000, 1_000, 1, 1])
  // The probe is a frozen batch too.
  const keys = given.receiver.received.map(({ headers }) => headers['idempotency-key'])
  expect(keys[5]).toBe(keys[6])
  given.receiver.received.length = 0
  given.receiver.answer(answerWith(200))
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(numbered(2_500))
  expect(sizes()).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_000, 477])
  expect(await given.rows('delivery_streams', id)).toMatchObject([
    {
      breaker: 'closed',
      consecutive_failures: 0,
      first_failure_at: null,
      spaced_failures: 0,
      batch_limit: 1_000,
    },
  ])
})

test('two failures in a row while batches grow again open it again', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 100)
  given.receiver.answer(answerWith(503))
  for (let i = 0; i < 5; i++) {
    await given.run()
    await given.makeDue()
  }
  given.receiver.answer((request, response) =>
    response.writeHead(messagesIn([request]).length > 3 ? 503 : 200).end(),
  )
  given.receiver.received.length = 0
  await given.run()
  expect(sizes()).toEqual([1, 2, 4])
  expect(await breakerOf(id)).toBe('half_open')
  await given.makeDue()
  await given.run()
  expect(sizes()).toEqual([1, 2, 4, 4])
  expect(await breakerOf(id)).toBe('open')
})

test('seven of ten tries within five minutes open it too, and older ones are forgotten', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  let tries = 0
  // Three fail, one gets through, and the next one follows it at once: nine tries in seven runs.
  given.receiver.answer((_request, response) => response.writeHead(++tries % 4 === 0 ? 200 : 503).end())
  const tryOnce = async (i: number) => {
    await appendNumbered(given.scope, 1, () => ({ message: `n${i}` }))
    await given.makeDue()
    await given.run()
  }
  for (let i = 0; i < 7; i++) await tryOnce(i)
  expect(await breakerOf(id)).toBe('closed')
  await given.owner()`update delivery_streams set window_at = window_at - interval '6 min' where destination_id = ${id}`
  for (let i = 7; i < 13; i++) await tryOnce(i)
  expect(await breakerOf(id)).toBe('closed')
  for (let i = 13; i < 15; i++) await tryOnce(i)
  expect(await breakerOf(id)).toBe('open')
})

test('failures are counted as spaced only when half a day lies between them', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 1)
  given.receiver.answer(answerWith(503))
  const spaced: unknown[] = []
  for (const hours of [0, 1, 12, 1, 13]) {
    await given.owner()`update delivery_streams
      set spaced_failure_at = spaced_failure_at - ${hours} * interval '1 hour' where destination_id = ${id}`
    await given.makeDue()
    await given.run()
    spaced.push((await given.rows('delivery_streams', id))[0]?.spaced_failures)
  }
  expect(spaced).toEqual([1, 1, 2, 2, 3])
})

test('each hour counts what was sent, failed and set aside, and how far behind the stream was', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 1_500)
  given.receiver.answer(answerWith(503))
  await given.run()
  const hours = () => given.owner()`select sent_batches::int as batches, sent_events::int as events,
    failed_attempts as failed, dead_events as dead, behind::int from delivery_hours where destination_id = ${id} order by hour`
  expect(await hours()).toEqual([{ batches: 0, events: 0, failed: 1, dead: 0, behind: 1_500 }])
  await given.owner()`update delivery_hours set hour = hour - interval '1 hour' where destination_id = ${id}`
  given.receiver.answer((request, response) =>
    response.writeHead(messagesIn([request]).includes('n7') ? 400 : 200).end(),
  )
  await given.makeDue()
  await given.run()
  const [, now] = await hours()
  const { stats } = await getDestination(given.scope, id)
  expect(now).toEqual({
    batches: stats.sentBatches,
    events: 1_499,
    failed: stats.failedAttempts - 1,
    dead: 1,
    behind: 0,
  })
})
