import { expect, test } from 'vitest'
import { addDestination, appendNumbered, messagesIn, numbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { getDestination } from '@/lib/forwarding/get'
import { removeDestination } from '@/lib/forwarding/remove'
import { restoreDestination } from '@/lib/forwarding/restore'
import { resumeDestination } from '@/lib/forwarding/resume'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import { tendStreams } from './tend-streams'

const given = useDeliveries()

const tend = () => tendStreams({ budgetMs: 20_000 })
const NOTHING = {
  warned: 0,
  disabled: 0,
  recovered: 0,
  rolled: 0,
  unsealed: 0,
  mailed: 0,
  pruned: 0,
  purged: 0,
}

/** As if everything that a stream remembers of its failure were so much older. */
const age = (id: string, interval: string) => given.owner()`
  update delivery_streams set first_failure_at = first_failure_at - ${interval}::interval,
    spaced_failure_at = spaced_failure_at - ${interval}::interval, due_at = now() where destination_id = ${id}`

const told = async () =>
  (
    await given.owner()`select code, level, origin, body from events
      where tenant_id = ${given.scope.tenantId} and type = 'forwarding' and origin = 'system' order by seq`
  ).map(({ code, body }) => ({ code, ...JSON.parse(body) }))

async function failingDestination(): Promise<string> {
  given.receiver.answer(answerWith(503, 'closed for repairs'))
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 3)
  await given.run()
  return id
}

test('an hour, a day and three days of failing are told once each, with what waits and why', async () => {
  const id = await failingDestination()
  expect(await tend()).toEqual(NOTHING)
  const before = (await given.rows('delivery_streams', id))[0]?.first_failure_at as Date
  for (const [interval, step] of [
    ['1 hour', 1],
    ['23 hours', 2],
    ['48 hours', 3],
  ] as const) {
    await age(id, interval)
    expect(await tend()).toEqual({ ...NOTHING, warned: 1 })
    expect(await tend()).toEqual(NOTHING)
    expect(await given.rows('delivery_streams', id)).toMatchObject([{ warnings: step, state: 'active' }])
  }
  const events = await told()
  expect(events.map(({ code, level }) => [code, level])).toEqual(
    Array(3).fill(['DESTINATION_FAILING', 'warning']),
  )
  const { message, data, targets, actor } = events[2]
  expect(message).toContain(`HTTP POST to 127.0.0.1:${given.receiver.port} has been failing since`)
  expect(targets).toMatchObject([{ type: 'destination', id }])
  expect(actor).toMatchObject({ type: 'system' })
  expect(data).toEqual({
    why: expect.stringContaining('HTTP 503'),
    failingSince: new Date(before.getTime() - 72 * 3_600_000).toISOString(),
    status: 503,
    answer: 'closed for repairs',
    waitingEvents: 3,
  })
})

test('what failed while nobody looked is told by one warning, not by three', async () => {
  const id = await failingDestination()
  await age(id, '4 days')
  expect(await tend()).toMatchObject({ warned: 1, disabled: 0 })
  expect(await tend()).toEqual(NOTHING)
  expect(await given.rows('delivery_streams', id)).toMatchObject([{ warnings: 3 }])
})

test('two workers warn once', async () => {
  const id = await failingDestination()
  await age(id, '2 hours')
  const counts = await Promise.all(Array.from({ length: 4 }, tend))
  expect(counts.reduce((sum, { warned }) => sum + warned, 0)).toBe(1)
  expect(await told()).toHaveLength(1)
})

test('events about a destination are never sent to it, but to others', async () => {
  const id = await failingDestination()
  const other = await addDestination(given.scope, {
    url: `${given.receiver.url}/other`,
    types: ['forwarding'],
  })
  await given.edit(id, { types: [] })
  await age(id, '2 hours')
  await tend()
  given.receiver.received.length = 0
  given.receiver.answer(answerWith(200))
  await given.makeDue()
  await given.run()
  await tend()
  await given.run()
  const codesAt = (path: string) =>
    given.receiver.received
      .filter((request) => request.path === path)
      .flatMap(({ body }) => (JSON.parse(body) as { code?: string }[]).map(({ code }) => code))
  expect(codesAt('/other')).toEqual(expect.arrayContaining(['DESTINATION_FAILING', 'DESTINATION_RECOVERED']))
  expect(codesAt('/').filter((code) => /FAILING|RECOVERED/.test(code ?? ''))).toEqual([])
  expect(await given.rows('delivery_streams', other)).toMatchObject([{ warnings: 0 }])
})

test('a stream that failed for five days, and again and again, is switched off; what waits stays', async () => {
  const id = await failingDestination()
  await age(id, '6 days')
  await given.owner()`update delivery_streams set spaced_failures = 2 where destination_id = ${id}`
  // One bad hour, and days of nothing: it is warned of, no more.
  expect(await tend()).toMatchObject({ warned: 1, disabled: 0 })
  await given.owner()`update delivery_streams set spaced_failures = 3 where destination_id = ${id}`
  expect(await tend()).toEqual({ ...NOTHING, disabled: 1 })
  expect(await tend()).toEqual(NOTHING)
  expect(await getDestination(given.scope, id)).toMatchObject({
    state: 'disabled',
    reason: expect.stringMatching(/^Nothing got through since .* UTC\. HTTP 503: /),
    stats: { backlog: { events: 3 } },
  })
  expect((await told()).at(-1)).toMatchObject({
    code: 'DESTINATION_DISABLED',
    level: 'error',
    data: { waitingEvents: 3 },
  })
  given.receiver.received.length = 0
  given.receiver.answer(answerWith(200))
  await given.makeDue()
  await given.run()
  expect(given.receiver.received).toEqual([])
  await resumeDestination(given.scope, { id })
  // A person's resumption counts from now on: old failures switch nothing off again.
  expect(await tend()).toEqual(NOTHING)
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(numbered(3))
})

test('a stream that is being served is not switched off under its runner', async () => {
  const id = await failingDestination()
  await age(id, '6 days')
  await given.owner()`update delivery_streams set spaced_failures = 9, warnings = 3,
    lease_token = gen_random_uuid(), lease_until = now() + interval '1 min' where destination_id = ${id}`
  expect(await tend()).toEqual(NOTHING)
  await given.expireLeases()
  expect(await tend()).toEqual({ ...NOTHING, disabled: 1 })
  expect(await given.rows('delivery_streams', id)).toMatchObject([{ state: 'disabled', lease_token: null }])
})

test('a receiver that is gone for good switches its stream off at once, and that is told too', async () => {
  given.receiver.answer(answerWith(410))
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 1)
  await given.run()
  expect(await tend()).toEqual({ ...NOTHING, disabled: 1 })
  expect(await tend()).toEqual(NOTHING)
  expect(await told()).toMatchObject([
    { code: 'DESTINATION_DISABLED', data: { why: expect.stringContaining('410') }, targets: [{ id }] },
  ])
  // And again after a person resumed it.
  await resumeDestination(given.scope, { id })
  await given.run()
  expect(await tend()).toEqual({ ...NOTHING, disabled: 1 })
})

test('a recovery is told after a warning only, and the next failure is warned of anew', async () => {
  const id = await failingDestination()
  const recover = async () => {
    given.receiver.answer(answerWith(200))
    await given.makeDue()
    await given.run()
  }
  await recover()
  expect(await tend()).toEqual(NOTHING)
  for (let i = 0; i < 2; i++) {
    given.receiver.answer(answerWith(503))
    await appendNumbered(given.scope, 1)
    await given.run()
    await age(id, '3 hours')
    expect(await tend()).toEqual({ ...NOTHING, warned: 1 })
    await recover()
    expect(await tend()).toEqual({ ...NOTHING, recovered: 1 })
    expect(await tend()).toEqual(NOTHING)
  }
  expect((await told()).map(({ code }) => code)).toEqual([
    'DESTINATION_FAILING',
    'DESTINATION_RECOVERED',
    'DESTINATION_FAILING',
    'DESTINATION_RECOVERED',
  ])
  expect(await given.rows('delivery_streams', id)).toMatchObject([
    { warnings: 0, spaced_failures: 0, spaced_failure_at: null, first_failure_at: null },
  ])
})

test('of a removed or paused stream no warning comes', async () => {
  const [removed, paused] = [await failingDestination(), await failingDestination()]
  for (const id of [removed, paused]) await age(id, '2 days')
  await removeDestination(given.scope, { id: removed })
  await given.owner()`update delivery_streams set state = 'paused' where destination_id = ${paused}`
  expect(await tend()).toEqual(NOTHING)
})

test('a stream that was removed while it failed is tried before it is switched off, once it is restored', async () => {
  const id = await failingDestination()
  await removeDestination(given.scope, { id })
  await age(id, '6 days')
  await given.owner()`update delivery_streams set spaced_failures = 9 where destination_id = ${id}`
  await restoreDestination(given.scope, { id })
  expect(await tend()).toEqual(NOTHING)
  given.receiver.answer(answerWith(200))
  given.receiver.received.length = 0
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(numbered(3))
})

test('a configuration that this version cannot read is told of by its id', async () => {
  const id = await failingDestination()
  await age(id, '2 hours')
  await given.owner()`update destinations set kind = 'pigeon' where id = ${id}`
  expect(await tend()).toMatchObject({ warned: 1 })
  expect((await told())[0]?.message).toContain(`Destination ${id}`)
})
