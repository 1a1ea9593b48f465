import { expect, test } from 'vitest'
import { getDestination } from '@/lib/forwarding/get'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import type { AckAnswer } from './destinations/contract'
import { alterHttp } from './testing/alter-http'
import { addDestination, appendNumbered, messagesIn, numbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

type Acking = {
  id: string
  /** Ids that were given for batches, in order. */
  given: string[]
  /** What is acknowledged when asked for; a status once read is forgotten. */
  acked: Set<string>
  asked: string[][]
  answer?: AckAnswer
}

/** A receiver that acknowledges what it took only when asked, as Splunk does. */
async function addAcking(maxEvents = 10): Promise<Acking> {
  const acking: Acking = { id: '', given: [], acked: new Set(), asked: [] }
  alterHttp(({ send }) => ({
    maxEvents,
    send: async (delivery, tools) => {
      const outcome = await send(delivery, tools)
      if (outcome.verdict !== 'delivered' || delivery.capabilities.ack === false) return outcome
      const ackId = `a${acking.given.length}`
      acking.given.push(ackId)
      return { ...outcome, verdict: 'accepted', ackId }
    },
    pollAcks: async (ids) => {
      acking.asked.push([...ids])
      if (acking.answer) return acking.answer
      const acked = ids.filter((id) => acking.acked.delete(id))
      return { verdict: 'answered', acked }
    },
  }))
  acking.id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  return acking
}
const states = async (id: string) =>
  [
    ...(await given.owner()`select state from delivery_batches where destination_id = ${id} order by first_seq`),
  ].map(({ state }) => state)
const turn = async () => {
  await given.makeDue()
  return given.run()
}

test('up to eight batches await their acknowledgement; the cursor follows the longest acknowledged run', async () => {
  const acking = await addAcking()
  await appendNumbered(given.scope, 100)
  await given.run()
  expect(acking.given).toHaveLength(8)
  expect(messagesIn(given.receiver.received)).toEqual(numbered(80))
  const before = await getDestination(given.scope, acking.id)
  expect(before.stats).toMatchObject({ sentEvents: 0, sentBatches: 0, backlog: { events: 100 } })
  acking.acked = new Set(['a0', 'a1', 'a3'])
  await turn()
  expect(acking.asked[0]).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7'])
  const { stats } = await getDestination(given.scope, acking.id)
  expect(stats).toMatchObject({ sentEvents: 20, sentBatches: 2, backlog: { events: 80 } })
  expect(await states(acking.id)).toEqual([...Array(2).fill('done'), ...Array(8).fill('awaiting_ack')])
  // What was read as acknowledged is not asked for again, and counts once those in front of it are.
  acking.acked = new Set(['a2', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9'])
  await turn()
  expect(acking.asked[1]).toEqual(['a2', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9'])
  expect(messagesIn(given.receiver.received)).toEqual(numbered(100))
  const after = await getDestination(given.scope, acking.id)
  expect(after.stats).toMatchObject({ sentEvents: 100, sentBatches: 10, backlog: { events: 0 } })
  expect(after.stats.failedAttempts).toBe(0)
  const delivered = (await given.rows('delivery_attempts', acking.id)).filter(
    (row) => row.outcome === 'delivered',
  )
  expect(delivered.map(({ events }) => events)).toEqual(Array(10).fill(10))
})

test('what is not acknowledged within five minutes goes again as it was frozen, and says that it may be there twice', async () => {
  const acking = await addAcking()
  await appendNumbered(given.scope, 20)
  await given.run()
  acking.acked = new Set(['a1'])
  await given.owner()`update delivery_batches set ack_deadline = ack_deadline - interval '10 min' where destination_id = ${acking.id}`
  await turn()
  const { stats } = await getDestination(given.scope, acking.id)
  expect(stats).toMatchObject({ consecutiveFailures: 1, failedAttempts: 1, sentEvents: 0 })
  expect(stats.failMessage).toContain('twice')
  expect(await states(acking.id)).toEqual(['planned', 'awaiting_ack'])
  await turn()
  const keys = given.receiver.received.map(({ headers }) => headers['idempotency-key'])
  expect(keys).toHaveLength(3)
  expect(keys[2]).toBe(keys[0])
  expect(given.receiver.received[2]?.body).toBe(given.receiver.received[0]?.body)
  acking.acked = new Set(['a2'])
  await turn()
  expect((await getDestination(given.scope, acking.id)).stats).toMatchObject({
    sentEvents: 20,
    consecutiveFailures: 0,
    firstFailureAt: null,
  })
  const [hours] =
    await given.owner()`select sum(sent_events)::int as sent, sum(failed_attempts)::int as failed
    from delivery_hours where destination_id = ${acking.id}`
  expect(hours).toEqual({ sent: 20, failed: 1 })
})

test('a receiver that acknowledges nothing is believed from then on', async () => {
  const acking = await addAcking()
  await appendNumbered(given.scope, 100)
  await given.run()
  acking.answer = { verdict: 'unsupported', message: 'It does not acknowledge.' }
  await turn()
  expect((await getDestination(given.scope, acking.id)).stats).toMatchObject({ sentEvents: 100 })
  expect(await given.rows('delivery_streams', acking.id)).toMatchObject([{ capabilities: { ack: false } }])
  expect(acking.given).toHaveLength(8)
  expect(messagesIn(given.receiver.received)).toEqual(numbered(100))
})

test('a refused event behind batches that are not safe yet is set aside once they are', async () => {
  const acking = await addAcking()
  await appendNumbered(given.scope, 15)
  given.receiver.answer((request, response) =>
    response.writeHead(messagesIn([request]).includes('n12') ? 400 : 200).end('no'),
  )
  await given.run()
  expect((await getDestination(given.scope, acking.id)).stats).toMatchObject({
    deadEvents: 0,
    consecutiveFailures: 0,
  })
  for (let i = 0; i < 6; i++) {
    acking.acked = new Set(acking.given)
    await turn()
  }
  const { stats } = await getDestination(given.scope, acking.id)
  expect(stats).toMatchObject({ sentEvents: 14, deadEvents: 1, backlog: { events: 0 } })
})

test('a question that fails changes nothing, and an acknowledgement that a crash lost leads to another send', async () => {
  const acking = await addAcking()
  await appendNumbered(given.scope, 10)
  await given.run()
  acking.answer = { verdict: 'failed', message: 'away' }
  expect(await turn()).toMatchObject({ failed: 0 })
  expect(await states(acking.id)).toEqual(['awaiting_ack'])
  // As after a crash: it had been read as acknowledged, nobody wrote it down, and the receiver has forgotten it.
  delete acking.answer
  await turn()
  await given.owner()`update delivery_batches set ack_deadline = now() where destination_id = ${acking.id}`
  await turn()
  await turn()
  expect(acking.given).toEqual(['a0', 'a1'])
  acking.acked.add('a1')
  await turn()
  expect((await getDestination(given.scope, acking.id)).stats).toMatchObject({
    sentEvents: 10,
    sentBatches: 1,
  })
})

test('while the receiver is ailing, the next batch waits for the acknowledgement of the probe', async () => {
  const acking = await addAcking()
  await appendNumbered(given.scope, 30)
  given.receiver.answer(answerWith(503))
  for (let i = 0; i < 5; i++) await turn()
  given.receiver.answer(answerWith(200))
  given.receiver.received.length = 0
  await turn()
  await turn()
  expect(messagesIn(given.receiver.received)).toEqual(['n0'])
  for (let i = 0; i < 12; i++) {
    acking.acked = new Set(acking.given)
    await turn()
  }
  expect(messagesIn(given.receiver.received)).toEqual(numbered(30))
  expect(await given.rows('delivery_streams', acking.id)).toMatchObject([{ breaker: 'closed' }])
})
