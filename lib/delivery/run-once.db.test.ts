import { expect, test, vi } from 'vitest'
import { newMemberScope } from '@/lib/auth/testing/people'
import { getDestination } from '@/lib/forwarding/get'
import { answerWith, hang, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { runOnce } from './run-once'
import { addDestination, appendNumbered, freezeAfterSend, messagesIn, numbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

test('events arrive once, in order, as the trail has them, and the statistics say so', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 2_500)
  expect(await given.run()).toEqual({ tenants: 1, streams: 1, batches: 3, events: 2_500, failed: 0 })
  expect(messagesIn(given.receiver.received)).toEqual(numbered(2_500))
  const { stats } = await getDestination(given.scope, id)
  expect(stats).toMatchObject({
    sentBatches: 3,
    sentEvents: 2_500,
    failedAttempts: 0,
    lastStatus: 200,
    lastAnswer: 'ok',
  })
  expect(stats.sentAt).toBeInstanceOf(Date)
  expect(stats.backlog).toEqual({ events: 0, isCapped: false, oldestAt: null, isUnmatched: false })
  expect(await given.run()).toEqual({ tenants: 0, streams: 0, batches: 0, events: 0, failed: 0 })
  expect(given.receiver.received).toHaveLength(3)
})

test('a batch ends before a mebibyte, and a large event still goes', async () => {
  await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 40, () => ({ payload: 'p'.repeat(60_000) }))
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(numbered(40))
  expect(given.receiver.received.length).toBeGreaterThan(1)
  for (const { body } of given.receiver.received) expect(body.length).toBeLessThanOrEqual(1024 * 1024)
})

test('only what the filter says is forwarded, and the rest is decided without a request', async () => {
  const id = await addDestination(given.scope, {
    url: given.receiver.url,
    types: ['admin'],
    levels: ['error', 'critical'],
  })
  await appendNumbered(given.scope, 300, (i) => ({
    type: i % 2 === 0 ? 'admin' : 'relay',
    level: i % 3 === 0 ? 'error' : 'info',
  }))
  expect(await given.run()).toMatchObject({ events: 50, batches: 1 })
  expect(messagesIn(given.receiver.received)).toEqual(numbered(300).filter((_, i) => i % 6 === 0))
  expect((await getDestination(given.scope, id)).stats.backlog.events).toBe(0)
})

test('a new destination begins with what comes after it, or with the first event of the trail', async () => {
  await appendNumbered(given.scope, 5)
  const other = await startReceiver()
  await addDestination(given.scope, { url: given.receiver.url })
  await addDestination(given.scope, { url: other.url, start: 'beginning', types: ['relay'] })
  await appendNumbered(given.scope, 2, (i) => ({ message: `later${i}` }))
  await given.run()
  expect(messagesIn(given.receiver.received).filter((message) => !message.startsWith('Destination'))).toEqual(
    ['later0', 'later1'],
  )
  expect(messagesIn(other.received)).toEqual([...numbered(5), 'later0', 'later1'])
  await other.close()
})

test('another tenant’s destination is served as if nothing were', async () => {
  const other = await newMemberScope()
  const healthy = await startReceiver()
  await addDestination(given.scope, { url: given.receiver.url })
  const otherId = await addDestination(other, { url: healthy.url })
  await appendNumbered(given.scope, 5)
  await appendNumbered(other, 5, (i) => ({ message: `other${i}` }))
  given.receiver.answer(answerWith(500))
  expect(await given.run()).toMatchObject({ tenants: 2, events: 5, failed: 1 })
  expect(messagesIn(healthy.received)).toEqual(numbered(5).map((_, i) => `other${i}`))
  expect(messagesIn(given.receiver.received)).toEqual(numbered(5))
  expect((await getDestination(other, otherId)).stats).toMatchObject({ sentEvents: 5, failedAttempts: 0 })
  await healthy.close()
})

test('a receiver that hangs delays no other destination, and its send is cut off on stop without counting', async () => {
  const healthy = await startReceiver()
  const slowId = await addDestination(given.scope, { url: given.receiver.url })
  await addDestination(given.scope, { url: healthy.url })
  await appendNumbered(given.scope, 2)
  given.receiver.answer(hang)
  const stop = new AbortController()
  const running = runOnce({ budgetMs: 60_000, signal: stop.signal })
  await vi.waitFor(() => expect(healthy.received).toHaveLength(1), { timeout: 5_000 })
  await appendNumbered(given.scope, 1, () => ({ message: 'later' }))
  await vi.waitFor(() => expect(messagesIn(healthy.received)).toContain('later'), { timeout: 3_000 })
  stop.abort()
  expect(await running).toMatchObject({ failed: 0 })
  const { stats } = await getDestination(given.scope, slowId)
  expect(stats).toMatchObject({ failedAttempts: 0, consecutiveFailures: 0 })
  const [stream] = await given.rows('delivery_streams', slowId)
  expect(stream?.lease_token).toBeNull()
  await healthy.close()
})

test('a crash between send and settle sends the identical frozen batch again; who wakes up late moves nothing', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 700)
  const frozen = freezeAfterSend()
  const crashed = runOnce({ budgetMs: 60_000, tools: { request: frozen.request } })
  await frozen.sent
  // Meanwhile the trail goes on; what was frozen must not notice.
  await appendNumbered(given.scope, 10, (i) => ({ message: `later${i}` }))
  expect(await given.run()).toMatchObject({ streams: 0 })
  await given.expireLeases()
  expect(await given.run()).toMatchObject({ streams: 1, batches: 2, events: 710 })
  const [first, second, third] = given.receiver.received
  expect(second?.body).toBe(first?.body)
  expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
  expect(messagesIn([third ?? { body: '[]' }])).toEqual(numbered(10).map((_, i) => `later${i}`))
  const before = await getDestination(given.scope, id)
  frozen.release()
  expect(await crashed).toMatchObject({ batches: 0, events: 0 })
  const after = await getDestination(given.scope, id)
  expect(after.stats).toEqual(before.stats)
  expect((await given.rows('delivery_attempts', id)).map(({ outcome }) => outcome).sort()).toEqual([
    'delivered',
    'delivered',
    'superseded',
  ])
  expect(given.receiver.received).toHaveLength(3)
})

test('many runners at once never overlap on a stream', async () => {
  const ids = await Promise.all(
    [0, 1, 2].map(() => addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })),
  )
  await appendNumbered(given.scope, 4_000)
  let open = 0
  let most = 0
  given.receiver.answer((_request, response) => {
    open++
    most = Math.max(most, open)
    setTimeout(() => {
      open--
      response.end('ok')
    }, 30)
  })
  const counts = await Promise.all(Array.from({ length: 6 }, given.run))
  expect(counts.reduce((sum, { events }) => sum + events, 0)).toBe(12_000)
  expect(most).toBeLessThanOrEqual(3)
  for (const id of ids) {
    const rows = await given.rows('delivery_batches', id)
    expect(rows.map(({ state, attempts: tries }) => [state, tries])).toEqual(Array(4).fill(['done', 1]))
  }
})

test.each([
  ['whose failure cannot be written down', 'before insert on delivery_attempts', 1],
  ['that cannot even be leased', 'before update on delivery_streams', 0],
])('a stream %s is reported and left alone, and everybody else is served', async (_, when, requests) => {
  const other = await newMemberScope()
  const healthy = await startReceiver()
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await addDestination(given.scope, { url: healthy.url, types: ['relay'] })
  await addDestination(other, { url: healthy.url })
  await appendNumbered(given.scope, 3)
  await appendNumbered(other, 2, (i) => ({ message: `other${i}` }))
  const owner = given.owner()
  await owner.unsafe(`
    create function break_stream() returns trigger language plpgsql as $$ begin raise 'broken'; end $$;
    create trigger break_stream ${when} for each row when (new.destination_id = '${id}')
      execute function break_stream()`)
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const counts = await given.run().finally(() => owner.unsafe('drop function break_stream cascade'))
  const lines = log.mock.calls.map(([line]) => String(line))
  log.mockRestore()
  expect(counts).toMatchObject({ events: 5 })
  expect(counts.failed).toBeGreaterThan(0)
  expect(messagesIn(healthy.received).sort()).toEqual([...numbered(3), 'other0', 'other1'])
  expect(given.receiver.received).toHaveLength(requests)
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.length).toBeLessThanOrEqual(2)
  expect(lines.join()).toContain('broken')
  await healthy.close()
})
