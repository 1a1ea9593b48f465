import { expect, test } from 'vitest'
import { answerWith, type Received } from '@/lib/http/testing/loopback-receiver'
import { policyOf } from '@/lib/integrity/testing/seal-now'
import { verifierOf } from '@/lib/integrity/testing/verify-lines'
import { openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { addDestination, appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const inHeader = ({ headers }: Received) =>
  Buffer.from(String(headers['spoor-checkpoint']), 'base64').toString()

/** Verifies a note as the tenant's auditor would; gives the size that it covers. */
async function sizeOf(note: string): Promise<number> {
  const { size } = await openCheckpoint(note, verifierOf(await policyOf(given.scope)), 'The checkpoint')
  return size
}

test('every batch carries a checkpoint that verifies, and covers all its events', async () => {
  await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 1_500)
  await given.run()
  expect(given.receiver.received).toHaveLength(2)
  for (const request of given.receiver.received) {
    const seqs = (JSON.parse(request.body) as { seq: number }[]).map(({ seq }) => seq)
    expect(await sizeOf(inHeader(request))).toBeGreaterThan(Math.max(...seqs))
  }
})

test.each(['/services/collector/raw', '/services/collector/event'])(
  'a receiver such as Splunk, which keeps no headers, finds it in the last event of %s, at each try the same',
  async (path) => {
    given.receiver.answer(answerWith(503))
    await addDestination(given.scope, { url: `${given.receiver.url}${path}` })
    await appendNumbered(given.scope, 3)
    await given.run()
    // The log grows between the tries.
    await appendNumbered(given.scope, 3)
    given.receiver.answer(answerWith(200, '{"text":"Success","code":0}'))
    await given.makeDue()
    await given.run()
    const [failed, retried, next] = given.receiver.received
    expect(retried?.body).toBe(failed?.body)
    expect(retried?.headers['spoor-checkpoint']).toBe(failed?.headers['spoor-checkpoint'])
    const notes = [retried, next].map((request) => {
      const lines = (request?.body ?? '').trimEnd().split('\n')
      const events = lines.map((line) => JSON.parse(line)).map((item) => item.event ?? item)
      expect(events.slice(0, -1).every((event) => event.checkpoint === undefined)).toBe(true)
      return String(events.at(-1).checkpoint)
    })
    const [older = 0, newer = 0] = await Promise.all(notes.map(sizeOf))
    expect(newer).toBe(older + 3)
    expect(retried && inHeader(retried)).toBe(notes[0])
  },
)

test('a batch that was planned before there were checkpoints is planned anew', async () => {
  given.receiver.answer(answerWith(503))
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 2)
  await given.run()
  await given.owner()`update delivery_batches set checkpoint = null, format_version = 1`
  given.receiver.answer(answerWith(200))
  await given.makeDue()
  expect(await given.run()).toMatchObject({ events: 2, failed: 0 })
  expect(await sizeOf(inHeader(given.receiver.received.at(-1) as Received))).toBeGreaterThan(0)
  expect((await given.rows('delivery_batches', id)).map(({ state }) => state).sort()).toEqual(['done'])
})
