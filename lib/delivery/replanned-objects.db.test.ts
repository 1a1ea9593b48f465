import { expect, onTestFinished, test } from 'vitest'
import { s3Kind } from '@/lib/delivery/destinations/s3/s3-kind'
import { type MemoryBucket, memoryBucket } from '@/lib/delivery/destinations/s3/testing/memory-bucket'
import { s3Input } from '@/lib/delivery/destinations/s3/testing/s3-config'
import { eraseValues } from '@/lib/erasure/erase-values'
import { parseInput } from '@/lib/errors/parse-input'
import { updateDestinationSchema } from '@/lib/forwarding/input'
import { updateDestination } from '@/lib/forwarding/update'
import { answerWith, type Behaviour } from '@/lib/http/testing/loopback-receiver'
import { listEvents } from '@/lib/trail/list'
import { addDestination, appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const input = (changes: Record<string, unknown> = {}) =>
  s3Input({ endpoint: given.receiver.url, pathStyle: true, types: ['account'], ...changes })
const addBucket = () => addDestination(given.scope, { kind: 's3', ...input() })
const edit = (id: string, changes: Record<string, unknown>) =>
  updateDestination(given.scope, parseInput(updateDestinationSchema, { id, kind: 's3', ...input(changes) }))
const append = (count: number) =>
  appendNumbered(given.scope, count, (i) => ({ type: 'account', actor: { login: `user${i}` } }))
const streamOf = async (id: string) => (await given.rows('delivery_streams', id))[0]

/** The bucket stores, and its answer to a PUT gets lost on the way. */
const losesAnswers =
  ({ behaviour }: MemoryBucket): Behaviour =>
  (request, response, raw) => {
    if (request.method !== 'PUT') return behaviour(request, response, raw)
    behaviour(request, { writeHead: () => ({ end: () => {} }) } as unknown as typeof response, raw)
    response.destroy()
  }

/** For an access key that may store and not ask. */
const deniesHead =
  (behaviour: Behaviour): Behaviour =>
  (request, response, raw) =>
    request.method === 'HEAD' ? response.writeHead(403).end() : behaviour(request, response, raw)

test('an edit of where objects go, while one waits: what is written down is the name that was stored', async () => {
  const bucket = memoryBucket()
  const id = await addBucket()
  given.receiver.answer(answerWith(503))
  await append(3)
  await given.run()
  await edit(id, { prefix: 'elsewhere' })
  given.receiver.answer(bucket.behaviour)
  await given.run()
  const batches = await given.rows('delivery_batches', id)
  const done = batches.filter(({ state }) => state === 'done').map(({ object_key: key }) => key)
  expect(done).toEqual([...bucket.objects.keys()])
  expect(done[0]).toMatch(/^elsewhere\//)
  expect(batches.filter(({ state }) => state === 'replaced')).toHaveLength(1)
})

test('an event erased between a store whose answer was lost and its retry: the rest goes under another name', async () => {
  const { open } = s3Kind
  // A full object: its range ends where it ended, whatever has come since.
  s3Kind.open = (config) => ({ ...open(config), maxEvents: 3 })
  onTestFinished(() => {
    s3Kind.open = open
  })
  const bucket = memoryBucket()
  const id = await addBucket()
  await append(3)
  given.receiver.answer(losesAnswers(bucket))
  await given.run()
  const [lost] = [...bucket.objects.keys()]
  const { events } = await listEvents(given.scope, { type: { include: ['account'], exclude: [] } })
  const event = events.find(({ actor }) => actor?.login === 'user1')
  await eraseValues(given.scope, {
    eventId: event?.id ?? '',
    pointers: ['/actor/login'],
    reasonCode: 'data_subject_request',
  })
  given.receiver.answer(bucket.behaviour)
  await given.makeDue()
  await given.run()
  await append(1)
  await given.makeDue()
  await given.run()
  expect(await streamOf(id)).toMatchObject({ consecutive_failures: 0, sent_events: '4' })
  const batches = await given.rows('delivery_batches', id)
  const done = batches.filter(({ state }) => state === 'done').map(({ object_key: key }) => key)
  expect(new Set([lost, ...done])).toEqual(new Set(bucket.objects.keys()))
  expect(done).not.toContain(lost)
  expect(done).toHaveLength(2)
  expect(done).toContain(lost?.replace('.v', '.r1.v'))
  expect(batches.find(({ state }) => state === 'replaced')?.object_key).toBe(lost)
  const stored = done.map((key) => bucket.objects.get(String(key))?.body).join('')
  expect(stored).not.toContain('user1')
})

test('somebody else’s object is never taken for ours, however often it is tried, by a key that may not ask', async () => {
  const bucket = memoryBucket()
  const id = await addBucket()
  await append(3)
  const occupied: Behaviour = (request, response) => {
    if (request.method === 'PUT')
      return response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>')
    response.writeHead(403).end()
  }
  for (const behaviour of [occupied, occupied, answerWith(403), occupied]) {
    given.receiver.answer(behaviour)
    await given.makeDue()
    await given.run()
  }
  expect(await streamOf(id)).toMatchObject({ consecutive_failures: 4, sent_events: '0' })
  given.receiver.answer(deniesHead(bucket.behaviour))
  await given.makeDue()
  await given.run()
  expect(await streamOf(id)).toMatchObject({ consecutive_failures: 0, sent_events: '3' })
  expect(bucket.objects.size).toBe(1)
})

test('our own object, whose answer was lost, is known again by a key that may not ask', async () => {
  const bucket = memoryBucket()
  const id = await addBucket()
  await append(3)
  for (const behaviour of [
    answerWith(403),
    losesAnswers(bucket),
    answerWith(403),
    deniesHead(bucket.behaviour),
  ]) {
    given.receiver.answer(behaviour)
    await given.makeDue()
    await given.run()
  }
  expect(await streamOf(id)).toMatchObject({ consecutive_failures: 0, sent_events: '3' })
})

test('so is one of a worker that died between its store and the commit', async () => {
  const bucket = memoryBucket()
  const id = await addBucket()
  await append(3)
  given.receiver.answer(answerWith(403))
  await given.run()
  given.receiver.answer(deniesHead(bucket.behaviour))
  await given.makeDue()
  const owner = given.owner()
  // The worker stores, and dies: all that it would have written down is not there.
  const [before] = await given.rows('delivery_streams', id)
  await given.run()
  await owner`update delivery_batches set state = 'planned', settled_at = null, attempts = 1, may_have_arrived = false
    where destination_id = ${id}`
  await owner`update delivery_streams set next_seq = ${String(before?.next_seq)}, sent_events = 0, due_at = now(),
    lease_token = ${crypto.randomUUID()}, lease_until = now() - interval '1 s' where destination_id = ${id}`
  await given.run()
  expect(await streamOf(id)).toMatchObject({ consecutive_failures: 0, sent_events: '3' })
  expect(bucket.objects.size).toBe(1)
})
