import { expect, test } from 'vitest'
import { addDestination, appendNumbered, messagesIn, numbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { getDestination } from '@/lib/forwarding/get'
import { resumeDestination } from '@/lib/forwarding/resume'
import { answerWith, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { tendStreams } from './tend-streams'

const given = useDeliveries()

const DAYS = 40
const ROUNDS_A_DAY = 4
const ROUND = '6 hours'
const EVENTS_A_ROUND = 100
const EVENTS = DAYS * ROUNDS_A_DAY * EVENTS_A_ROUND
/** Longer than any test, so that moving all hours of a stream meets none of them. */
const ASIDE = '1000 years'

/** As if everything that was written down had been so much earlier, and the next tries had come. */
async function pass(interval: string): Promise<void> {
  const sql = given.owner()
  await sql.begin(async (tx) => {
    await tx`update delivery_streams set due_at = now(), first_failure_at = first_failure_at - ${interval}::interval,
      spaced_failure_at = spaced_failure_at - ${interval}::interval, window_at = window_at - ${interval}::interval,
      sent_at = sent_at - ${interval}::interval, failed_at = failed_at - ${interval}::interval`
    await tx`update delivery_attempts set at = at - ${interval}::interval`
    await tx`update delivery_batches set created_at = created_at - ${interval}::interval,
      settled_at = settled_at - ${interval}::interval`
    await tx`update delivery_dead set at = at - ${interval}::interval`
    await tx`update delivery_hours set hour = hour - ${ASIDE}::interval`
    await tx`update delivery_hours set hour = hour + ${ASIDE}::interval - ${interval}::interval`
    await tx`update destinations set pruned_at = pruned_at - ${interval}::interval`
  })
}

const ownEvents = async (id: string) =>
  (
    await given.owner()`select code from events where tenant_id = ${given.scope.tenantId} and origin = 'system'
      and code like 'DESTINATION%' and body::jsonb #>> '{targets,0,id}' = ${id} order by seq`
  ).map(({ code }) => code)

const countOf = async (table: string, id: string): Promise<number> =>
  (
    await given.owner()`select count(*)::int as n from ${given.owner()(table)} where destination_id = ${id}`
  )[0]?.n

/** Events a second that a destination takes until nothing is left. */
async function measureRate(count: () => number): Promise<number> {
  const started = performance.now()
  await given.run()
  expect(count()).toBe(EVENTS)
  return EVENTS / ((performance.now() - started) / 1000)
}

test('a receiver that is dead for a month costs a row a try, and gets everything in order at full speed', async () => {
  const watched = await startReceiver()
  for (const receiver of [given.receiver, watched]) receiver.answer(answerWith(503, 'closed'))
  const left = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  // Somebody believes in this one, and resumes it each time.
  const resumed = await addDestination(given.scope, { url: watched.url, types: ['relay'] })
  const cursors = async () => {
    const rows =
      await given.owner()`select next_seq::int as seq from delivery_streams where destination_id in (${left}, ${resumed}) order by destination_id`
    return rows.map(({ seq }) => seq)
  }
  const before = await cursors()
  let triesOfLeft = 0
  let tries = 0
  for (let round = 0; round < DAYS * ROUNDS_A_DAY; round++) {
    await appendNumbered(given.scope, EVENTS_A_ROUND, (i) => ({ message: `n${round * EVENTS_A_ROUND + i}` }))
    await given.run()
    await tendStreams({ budgetMs: 20_000 })
    triesOfLeft += given.receiver.received.splice(0).length
    tries += watched.received.splice(0).length
    await resumeDestination(given.scope, { id: resumed })
    await pass(ROUND)
  }

  expect(await cursors()).toEqual(before)
  expect(await ownEvents(left)).toEqual([...Array(3).fill('DESTINATION_FAILING'), 'DESTINATION_DISABLED'])
  expect(await getDestination(given.scope, left)).toMatchObject({ state: 'disabled' })
  // Five days of tries, and then none.
  expect(triesOfLeft).toBeGreaterThanOrEqual(5 * ROUNDS_A_DAY)
  expect(triesOfLeft).toBeLessThanOrEqual(6 * ROUNDS_A_DAY)
  expect(tries).toBeGreaterThanOrEqual(DAYS * ROUNDS_A_DAY)
  expect((await ownEvents(resumed)).filter((code) => code === 'DESTINATION_DISABLED').length).toBeGreaterThan(
    5,
  )
  for (const [id, most] of [
    [left, 0],
    [resumed, 30 * ROUNDS_A_DAY + 1],
  ] as const) {
    expect(await countOf('delivery_attempts', id)).toBeLessThanOrEqual(most)
    expect(await countOf('delivery_batches', id)).toBeLessThanOrEqual(20)
    expect(await countOf('delivery_dead', id)).toBe(0)
    expect(await countOf('delivery_hours', id)).toBeLessThanOrEqual(DAYS * ROUNDS_A_DAY)
    const [open] = await given.owner()`select count(*)::int as n from delivery_batches
      where destination_id = ${id} and state in ('planned', 'awaiting_ack')`
    expect(open?.n).toBeLessThanOrEqual(1)
  }

  await given.owner()`update delivery_streams set state = 'paused' where destination_id = ${resumed}`
  given.receiver.answer(answerWith(200))
  await resumeDestination(given.scope, { id: left })
  const caughtUp = await measureRate(() => messagesIn(given.receiver.received).length)
  expect(messagesIn(given.receiver.received)).toEqual(numbered(EVENTS))
  const healthy = await startReceiver()
  await addDestination(given.scope, { url: healthy.url, types: ['relay'], start: 'beginning' })
  const fresh = await measureRate(() => messagesIn(healthy.received).length)
  // It grows to full batches first; where it then took single events, this would be a hundredth.
  expect(caughtUp / fresh).toBeGreaterThan(0.3)
  expect(await getDestination(given.scope, left)).toMatchObject({
    stats: { sentEvents: EVENTS, deadEvents: 0, consecutiveFailures: 0, backlog: { events: 0 } },
  })
  await Promise.all([watched.close(), healthy.close()])
}, 180_000)
