import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { replayEvents } from '@/lib/forwarding/replay-events'
import { addChannel, DELIVERED, FAILED, usePeople } from './testing/channels'
import { appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const PACE = { burst: 20, refillSeconds: 30, gapSeconds: 1 }
const runningReplays = async (id: string) => (await given.rows('delivery_streams', id))[0]?.running_replays

test('what people have told again comes as one message of its own, before what is new', async () => {
  const people = usePeople({ pace: PACE })
  const id = await addChannel(given.scope)
  for (const count of [2, 3]) {
    await appendNumbered(given.scope, count)
    await given.run()
    await given.makeDue()
  }
  await appendNumbered(given.scope, 4)
  await replayEvents(given.scope, { id, role: 'channel', what: 'since', fromSeq: 0 })
  await given.run()
  expect(people.told.map(({ digest }) => digest.events)).toEqual([2, 3, 5])
  expect(await runningReplays(id)).toBe(0)
  expect(await given.run()).toMatchObject({ streams: 0 })
  await sleep(1_050)
  await given.run()
  expect(people.told.map(({ digest }) => digest.events)).toEqual([2, 3, 5, 4])
  expect(new Set(people.told.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(4)
  const [stream] = await given.rows('delivery_streams', id)
  expect(stream).toMatchObject({ sent_batches: '4', sent_events: '14' })
})

test('one that fails comes again as it was, and a range without events of the channel ends by itself', async () => {
  const people = usePeople({ pace: PACE })
  const id = await addChannel(given.scope)
  await appendNumbered(given.scope, 2)
  await appendNumbered(given.scope, 3, () => ({ type: 'other' }))
  await given.run()
  const last = people.told[0]?.lastSeq ?? -1
  people.answer(() => FAILED)
  await replayEvents(given.scope, { id, role: 'channel', what: 'since', fromSeq: 0 })
  await replayEvents(given.scope, { id, role: 'channel', what: 'range', fromSeq: last - 1, throughSeq: last })
  await given.makeDue()
  await given.run()
  people.answer(() => DELIVERED)
  await given.makeDue()
  await given.run()
  await given.makeDue()
  await given.run()
  const [, failed, again, ...more] = people.told
  expect(again).toMatchObject({ body: failed?.body, idempotencyKey: failed?.idempotencyKey })
  expect(more).toEqual([])
  expect(await runningReplays(id)).toBe(0)
})

test('one that is never taken does not keep people from what is new', async () => {
  const people = usePeople({ pace: PACE })
  const id = await addChannel(given.scope)
  await appendNumbered(given.scope, 3)
  await given.run()
  await replayEvents(given.scope, { id, role: 'channel', what: 'since', fromSeq: 0 })
  people.answer(({ events }) => (events === 3 ? FAILED : DELIVERED))
  for (let round = 0; round < 3; round++) {
    await given.makeDue()
    await given.run()
    await appendNumbered(given.scope, 1)
  }
  await given.makeDue()
  await given.run()
  const taken = people.told.filter(({ digest }) => digest.events !== 3)
  expect(taken.reduce((sum, { digest }) => sum + digest.events, 0)).toBe(3)
  expect(await runningReplays(id)).toBe(1)
})

test('a channel with a time of its own tells again at it, and right behind it what is new', async () => {
  const people = usePeople()
  const id = await addChannel(given.scope, { everySeconds: 3_600 })
  await appendNumbered(given.scope, 2)
  await given.makeDue()
  await given.run()
  await appendNumbered(given.scope, 3)
  await replayEvents(given.scope, { id, role: 'channel', what: 'since', fromSeq: 0 })
  expect(await given.run()).toMatchObject({ streams: 0 })
  await given.makeDue()
  await given.run()
  await sleep(1_050)
  await given.run()
  expect(people.told.map(({ digest }) => digest.events)).toEqual([2, 2, 3])
  await appendNumbered(given.scope, 1)
  await sleep(1_050)
  expect(await given.run()).toMatchObject({ streams: 0 })
})
