import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { runOnce } from './run-once'
import { addChannel, DELIVERED, FAILED, type ToldMessage, usePeople } from './testing/channels'
import { appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const counted = (told: readonly ToldMessage[]) => told.map(({ digest }) => digest.events)
const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)

/** As if so many seconds had passed for the stream. */
const pass = (id: string, seconds: number) => given.owner()`
  update delivery_streams set due_at = due_at - make_interval(secs => ${seconds}),
    paced_until = paced_until - make_interval(secs => ${seconds}) where destination_id = ${id}`
const dueIn = async (id: string) => {
  const [row] = await given.owner()`
    select extract(epoch from due_at - now())::float8 as seconds from delivery_streams where destination_id = ${id}`
  return Number(row?.seconds)
}

test('single events are told one by one while there is room, then one each refill', async () => {
  const people = usePeople({ pace: { burst: 3, refillSeconds: 30, gapSeconds: 1 } })
  const id = await addChannel(given.scope)
  for (let i = 0; i < 3; i++) {
    await appendNumbered(given.scope, 1, () => ({ message: `n${i}` }))
    await given.run()
    await pass(id, 1)
  }
  expect(counted(people.told)).toEqual([1, 1, 1])
  // Two seconds of the first refill have passed.
  expect(await dueIn(id)).toBeGreaterThan(25)
  expect(await dueIn(id)).toBeLessThanOrEqual(28)
  await appendNumbered(given.scope, 4)
  expect(await given.run()).toMatchObject({ streams: 0 })
  await pass(id, 28)
  await given.run()
  expect(counted(people.told)).toEqual([1, 1, 1, 4])
  expect(await dueIn(id)).toBeGreaterThan(27)
  await pass(id, 300)
  for (let i = 0; i < 3; i++) {
    await appendNumbered(given.scope, 1)
    await given.run()
    await pass(id, 1)
  }
  expect(counted(people.told)).toEqual([1, 1, 1, 4, 1, 1, 1])
})

test('what arrives right behind a message waits for the gap, and no longer', async () => {
  const people = usePeople({ pace: { burst: 20, refillSeconds: 30, gapSeconds: 1 } })
  await addChannel(given.scope)
  await appendNumbered(given.scope, 1)
  await given.run()
  await appendNumbered(given.scope, 2)
  expect(await given.run()).toMatchObject({ streams: 0 })
  await sleep(1_050)
  await given.run()
  expect(counted(people.told)).toEqual([1, 2])
  const [first, second] = people.told
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(990)
})

test('ten thousand events within some seconds are a few messages that lose no count', async () => {
  const people = usePeople({ pace: { burst: 20, refillSeconds: 1, gapSeconds: 0.2 } })
  const id = await addChannel(given.scope)
  const over = new AbortController()
  const runner = (async () => {
    while (!over.signal.aborted) {
      await runOnce({ budgetMs: 1_000 })
      await sleep(20)
    }
  })()
  for (let part = 0; part < 40; part++) await appendNumbered(given.scope, 250)
  const isTold = async () => {
    const [stream] = await given.rows('delivery_streams', id)
    return Number(stream?.sent_events) === 10_000
  }
  for (let waited = 0; waited < 200 && !(await isTold()); waited++) await sleep(100)
  over.abort()
  await runner
  expect(sum(counted(people.told))).toBe(10_000)
  expect(people.told.length).toBeLessThan(20)
  for (const [i, { firstSeq }] of people.told.slice(1).entries())
    expect(firstSeq).toBe((people.told[i]?.lastSeq ?? 0) + 1)
})

test('a message that fails takes no place, and backs off as ever', async () => {
  const people = usePeople({ pace: { burst: 2, refillSeconds: 60, gapSeconds: 1 } })
  people.answer(() => FAILED)
  const id = await addChannel(given.scope)
  await appendNumbered(given.scope, 1)
  await given.run()
  const [failed] = await given.rows('delivery_streams', id)
  expect(failed).toMatchObject({ paced_until: null, consecutive_failures: 1 })
  people.answer(() => DELIVERED)
  await given.makeDue()
  await given.run()
  expect(counted(people.told)).toEqual([1, 1])
  expect(await dueIn(id)).toBeLessThanOrEqual(1)
})

test('a runner that dies in the middle loses no count: whoever comes next tells the same again', async () => {
  const people = usePeople({ pace: { burst: 20, refillSeconds: 1, gapSeconds: 1 } })
  const id = await addChannel(given.scope)
  let wake = () => {}
  const frozen = new Promise<void>((resolve) => {
    wake = resolve
  })
  people.answer(async () => {
    await frozen
    return DELIVERED
  })
  await appendNumbered(given.scope, 30)
  const lost = runOnce({ budgetMs: 20_000 })
  while (people.told.length === 0) await sleep(10)
  await appendNumbered(given.scope, 5)
  await given.expireLeases()
  people.answer(() => DELIVERED)
  await given.run()
  wake()
  await lost
  await sleep(1_050)
  await given.run()
  expect(counted(people.told)).toEqual([30, 30, 5])
  const [before, after] = people.told
  expect(after).toMatchObject({ idempotencyKey: before?.idempotencyKey, mayHaveArrived: true })
  expect(after?.body).toBe(before?.body)
  const [stream] = await given.rows('delivery_streams', id)
  expect(stream).toMatchObject({ sent_batches: '2', sent_events: '35' })
})
