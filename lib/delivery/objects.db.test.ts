import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { getDestination } from '@/lib/forwarding/get'
import { answerWith } from '@/lib/http/testing/loopback-receiver'
import type { Delivery } from './destinations/contract'
import { alterHttp } from './testing/alter-http'
import { addDestination, appendNumbered, messagesIn, numbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

/** A destination whose batches become objects; what it was handed, in order. */
async function addStorage(
  input: Record<string, unknown> = {},
  maxEvents = 5_000,
): Promise<{ id: string; sent: Delivery[] }> {
  const sent: Delivery[] = []
  alterHttp(
    ({ send }) => ({
      maxEvents,
      maxBytes: 8 * 1024 * 1024,
      objectKey: ({ firstSeq, lastSeq, replayId }) => `${replayId ?? 'live'}/${firstSeq}-${lastSeq}`,
      send: (delivery, tools) => {
        sent.push(delivery)
        return send(delivery, tools)
      },
    }),
    { maySplit: false },
  )
  return { id: await addDestination(given.scope, { url: given.receiver.url, ...input }), sent }
}

test('objects follow on each other without a gap, each names the one before, and they are as large as their kind takes', async () => {
  const { sent } = await addStorage({ types: ['relay'], start: 'beginning' })
  await appendNumbered(given.scope, 12_000, (i) => ({ type: i === 11_000 ? 'other' : 'relay' }))
  await given.run()
  await appendNumbered(given.scope, 3, () => ({ type: 'other' }))
  await given.run()
  await appendNumbered(given.scope, 2)
  await given.run()
  expect(sent.map(({ events }) => events)).toEqual([5_000, 5_000, 1_999, 2])
  for (const [i, { firstSeq, previous, objectKey, lastSeq }] of sent.entries()) {
    const before = sent[i - 1]
    expect(objectKey).toBe(`live/${firstSeq}-${lastSeq}`)
    expect(firstSeq).toBe(before ? before.lastSeq + 1 : 0)
    expect(previous).toEqual(before && { objectKey: before.objectKey, sha256: before.sha256 })
  }
  for (const { body, sha256 } of sent) expect(createHash('sha256').update(body).digest('hex')).toBe(sha256)
})

test('an object that is tried again has the same name, bytes and predecessor, and is said to have been tried', async () => {
  const { id, sent } = await addStorage({ types: ['relay'] })
  await appendNumbered(given.scope, 3)
  await given.run()
  given.receiver.answer(answerWith(503))
  await appendNumbered(given.scope, 3, (i) => ({ message: `n${3 + i}` }))
  await given.run()
  await appendNumbered(given.scope, 3, (i) => ({ message: `n${6 + i}` }))
  given.receiver.answer(answerWith(200))
  await given.makeDue()
  await given.run()
  const [first, failed, retried, last] = sent
  expect(failed?.mayHaveArrived).toBe(false)
  expect(retried).toMatchObject({
    objectKey: failed?.objectKey,
    sha256: failed?.sha256,
    previous: { objectKey: first?.objectKey },
    mayHaveArrived: true,
  })
  expect(last?.previous).toEqual({ objectKey: retried?.objectKey, sha256: retried?.sha256 })
  expect(last?.firstSeq).toBe(Number(retried?.lastSeq) + 1)
  const batches = await given.rows('delivery_batches', id)
  expect(batches.map(({ object_key: key }) => key)).toEqual([first, retried, last].map((b) => b?.objectKey))
})

test('what becomes an object is never divided: refused, it waits and says so', async () => {
  const { id } = await addStorage({ types: ['relay'] })
  await appendNumbered(given.scope, 50)
  given.receiver.answer(answerWith(400, 'no'))
  for (let i = 0; i < 6; i++) {
    await given.run()
    await given.makeDue()
  }
  const { stats } = await getDestination(given.scope, id)
  expect(stats).toMatchObject({ consecutiveFailures: 6, deadEvents: 0 })
  expect(stats.failMessage).toContain('never divided')
  expect(await given.rows('delivery_batches', id)).toMatchObject([
    { state: 'planned', events: 50, attempts: 6 },
  ])
  given.receiver.received.length = 0
  given.receiver.answer(answerWith(200))
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(numbered(50))
  expect(await given.rows('delivery_streams', id)).toMatchObject([{ breaker: 'closed' }])
})

test('what a person skipped stays a gap between the objects', async () => {
  const { id, sent } = await addStorage({ types: ['relay'] })
  await appendNumbered(given.scope, 2)
  await given.run()
  const [first] = sent
  const gap = Number(first?.lastSeq) + 1
  await appendNumbered(given.scope, 5)
  const owner = given.owner()
  await owner`insert into delivery_skips (tenant_id, destination_id, from_seq, to_seq, reason, requested_by)
    values (${given.scope.tenantId}, ${id}, ${gap}, ${gap + 5}, 'now', 'somebody')`
  await owner`update delivery_streams set next_seq = ${gap + 5} where destination_id = ${id}`
  await appendNumbered(given.scope, 1)
  await given.run()
  expect(sent.at(-1)).toMatchObject({ firstSeq: gap + 5, previous: { objectKey: first?.objectKey } })
})

test('the same object, because a person moved the stream back, is said to have been tried', async () => {
  const { id, sent } = await addStorage({ types: ['relay'] })
  await appendNumbered(given.scope, 2)
  const [before] = await given.rows('delivery_streams', id)
  await given.run()
  await given.owner()`update delivery_streams set next_seq = ${String(before?.next_seq)} where destination_id = ${id}`
  await given.run()
  const [first, again] = sent
  expect(again).toMatchObject({ objectKey: first?.objectKey, sha256: first?.sha256, mayHaveArrived: true })
  expect(first?.mayHaveArrived).toBe(false)
})
