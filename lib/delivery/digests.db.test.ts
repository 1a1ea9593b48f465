import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eraseValues } from '@/lib/erasure/erase-values'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { updateDestination } from '@/lib/forwarding/update'
import { leaseStream } from './lease-stream'
import { openStream } from './open-stream'
import { prepareDigest } from './prepare-digest'
import { addChannel, DELIVERED, FAILED, usePeople } from './testing/channels'
import { appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

test('thirty thousand events are one message that counts them all and lists the most severe', async () => {
  const people = usePeople()
  await addChannel(given.scope)
  for (let part = 0; part < 3; part++)
    await appendNumbered(given.scope, 10_000, (i) => ({
      type: i % 4 === 0 ? 'other' : 'relay',
      level: i % 1_000 === 7 ? 'critical' : i % 500 === 3 ? 'error' : 'info',
      message: `n${part * 10_000 + i}`,
    }))
  expect(await given.run()).toMatchObject({ streams: 1, batches: 1, events: 22_500, failed: 0 })
  expect(people.told).toHaveLength(1)
  const { digest } = people.told[0] ?? expect.fail('nobody was told')
  expect(digest).toMatchObject({
    events: 22_500,
    levels: { critical: 30, error: 60, info: 22_410 },
    types: [['relay', 22_500]],
  })
  expect(digest.lastSeq - digest.firstSeq).toBe(29_998)
  const titles = digest.listed.map(({ title }) => Number(title.slice(1)))
  const criticals = Array.from({ length: 30 }, (_, i) => i * 1_000 + 7)
  const errors = Array.from({ length: 20 }, (_, i) => i * 500 + 3)
  expect(titles).toEqual([...criticals, ...errors].sort((a, b) => a - b))
})

test('a filter that rarely matches is told of what it finds, wherever that is', async () => {
  const people = usePeople()
  const id = await addChannel(given.scope)
  await appendNumbered(given.scope, 25_000, () => ({ type: 'other' }))
  await appendNumbered(given.scope, 1, () => ({ message: 'first' }))
  await appendNumbered(given.scope, 25_000, () => ({ type: 'other' }))
  await appendNumbered(given.scope, 1, () => ({ message: 'second', level: 'error' }))
  await given.run()
  expect(people.told.map(({ digest }) => digest.listed.map(({ title }) => title))).toEqual([
    ['first', 'second'],
  ])
  expect(people.told[0]?.digest).toMatchObject({ events: 2, levels: { info: 1, error: 1 } })
  const [stream] = await given.rows('delivery_streams', id)
  const [head] = await given.owner()`select size from log_heads where tenant_id = ${given.scope.tenantId}`
  expect(stream).toMatchObject({ next_seq: head?.size, sent_events: '2' })
})

test('nothing that matches moves the cursor, and tells nobody', async () => {
  const people = usePeople()
  const id = await addChannel(given.scope)
  await appendNumbered(given.scope, 45_000, () => ({ type: 'other' }))
  expect(await given.run()).toMatchObject({ batches: 0, failed: 0 })
  expect(people.told).toEqual([])
  const [stream] = await given.rows('delivery_streams', id)
  const [head] = await given.owner()`select size from log_heads where tenant_id = ${given.scope.tenantId}`
  expect(stream?.next_seq).toEqual(head?.size)
})

test('a message that failed comes again byte for byte under its key, and what came meanwhile is in the next one', async () => {
  const people = usePeople()
  people.answer(() => FAILED)
  await addChannel(given.scope)
  await appendNumbered(given.scope, 25_000)
  await given.run()
  await appendNumbered(given.scope, 7)
  people.answer(() => DELIVERED)
  await given.makeDue()
  await given.run()
  await given.makeDue()
  await given.run()
  const [failed, again, next] = people.told
  expect(people.told).toHaveLength(3)
  expect(again).toMatchObject({
    body: failed?.body,
    idempotencyKey: failed?.idempotencyKey,
    mayHaveArrived: true,
  })
  expect(again?.digest.events).toBe(25_000)
  expect(next?.digest.events).toBe(7)
  expect(next?.idempotencyKey).not.toBe(again?.idempotencyKey)
})

test('an erasure has a message that was not taken yet planned anew, without what was erased', async () => {
  const people = usePeople()
  people.answer(() => FAILED)
  const id = await addChannel(given.scope)
  await appendNumbered(given.scope, 3, (i) => ({
    message: `somebody did ${i}`,
    actor: { login: i === 1 ? 'jdoe' : 'other' },
  }))
  await given.run()
  const seq = people.told[0]?.digest.listed[1]?.seq ?? -1
  await eraseValues(given.scope, { seqs: [seq], pointers: ['/actor', '/message'], reasonCode: 'mistake' })
  people.answer(() => DELIVERED)
  await given.makeDue()
  await given.run()
  const [first, ...later] = people.told
  expect(first?.body).toContain('jdoe')
  expect(later.length).toBeGreaterThan(0)
  for (const { body, idempotencyKey } of later) {
    expect(body).not.toContain('jdoe')
    expect(idempotencyKey).not.toBe(first?.idempotencyKey)
  }
  const states = (await given.rows('delivery_batches', id)).map(({ state }) => state)
  expect(states.sort()).toEqual(['done', 'replaced'])
})

test('people are told nothing that a channel must not see', async () => {
  const people = usePeople()
  await addChannel(given.scope, { masking: ['hash:actor.login', 'remove:targets'] })
  await appendNumbered(given.scope, 2, () => ({
    message: 'jdoe opened the safe',
    actor: { login: 'jdoe' },
    targets: [{ type: 'room', name: 'vault' }],
  }))
  await given.run()
  const [message] = people.told
  expect(message?.digest.events).toBe(2)
  expect(message?.body).not.toContain('jdoe')
  expect(message?.body).not.toContain('vault')
  const actors = message?.digest.listed.map(({ actor }) => actor)
  expect(new Set(actors).size).toBe(1)
  expect(actors?.[0]).toMatch(/^hmac:/)
})

test('a message ends where another filter begins to judge, and the rest follows', async () => {
  const people = usePeople()
  const id = await addChannel(given.scope, { everySeconds: 3_600 })
  await appendNumbered(given.scope, 4)
  const changed = INPUT_SCHEMAS.channel.update.parse({
    id,
    kind: 'desktop',
    types: ['other'],
    everySeconds: 3_600,
  })
  await updateDestination(given.scope, changed)
  await appendNumbered(given.scope, 6, () => ({ type: 'other' }))
  await given.run()
  expect(people.told).toEqual([])
  await given.makeDue()
  await given.run()
  expect(people.told.map(({ digest }) => digest.types)).toEqual([[['relay', 4]]])
  await sleep(1_100)
  await given.run()
  expect(people.told.map(({ digest }) => digest.types)).toEqual([[['relay', 4]], [['other', 6]]])
})

test('a long count ends when we are told to stop, tells nobody, and is made again later', async () => {
  const people = usePeople()
  const id = await addChannel(given.scope)
  for (let part = 0; part < 3; part++) await appendNumbered(given.scope, 10_000)
  const key = { tenantId: given.scope.tenantId, destinationId: id }
  const stream = (await leaseStream(key)) ?? expect.fail('it is not due')
  const { horizon } = stream
  const lane = { replay: null, nextSeq: stream.nextSeq, awaiting: [] }
  const place = { lane, from: stream.nextSeq, before: Number.POSITIVE_INFINITY }
  const opened = openStream(stream)
  expect(await prepareDigest(key, opened, horizon, place, async () => false)).toEqual({ step: 'stopped' })
  const prepared = await prepareDigest(key, opened, horizon, place, async () => true)
  expect(prepared).toMatchObject({ step: 'batch', batch: { events: 30_000 }, hasMore: false })
  await given.expireLeases()
  await given.run()
  expect(people.told.map(({ digest }) => digest.events)).toEqual([30_000])
})

test('a message that an earlier Spoor had begun in another form is told in the new one, and counts all that waits', async () => {
  const people = usePeople()
  const id = await addChannel(given.scope)
  await appendNumbered(given.scope, 40)
  people.answer(() => FAILED)
  await given.run()
  await given.owner()`update delivery_batches set format_version = 0, events = 10, last_seq = first_seq + 9
    where destination_id = ${id} and state = 'planned'`
  await given.owner()`update delivery_streams set breaker = 'open', batch_limit = 1, consecutive_failures = 6
    where destination_id = ${id}`
  people.answer(() => DELIVERED)
  await given.makeDue()
  await given.run()
  expect(people.told.map(({ digest }) => digest.events)).toEqual([40, 40])
  const [stream] = await given.rows('delivery_streams', id)
  expect(stream).toMatchObject({ sent_events: '40', breaker: 'closed' })
})
