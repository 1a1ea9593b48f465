import { expect, test } from 'vitest'
import { getDestination } from '@/lib/forwarding/get'
import type { Delivery } from './destinations/contract'
import type { Outcome } from './outcome'
import { alterHttp } from './testing/alter-http'
import { addDestination, appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const messages = ({ body }: Delivery): string[] =>
  (JSON.parse(Buffer.from(body).toString()) as { message: string }[]).map(({ message }) => message)

/** A destination that answers by itself. */
function answering(answer: (delivery: Delivery) => Outcome): Promise<string> {
  alterHttp(() => ({ send: async (delivery) => answer(delivery) }))
  return addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
}

test('events that arrived although their batch failed are not sent again, and count', async () => {
  const arrived: string[] = []
  const id = await answering((delivery) => {
    const taken = arrived.length === 0 ? 4 : delivery.events
    arrived.push(...messages(delivery).slice(0, taken))
    return taken === delivery.events
      ? { verdict: 'delivered', message: 'ok', ms: 1 }
      : { verdict: 'failed', message: 'cut', ms: 1, taken }
  })
  await appendNumbered(given.scope, 10)
  await given.run()
  const { stats } = await getDestination(given.scope, id)
  expect(stats).toMatchObject({ sentEvents: 4, sentBatches: 1, failedAttempts: 1, consecutiveFailures: 1 })
  await given.makeDue()
  await given.run()
  expect(arrived).toEqual(Array.from({ length: 10 }, (_, i) => `n${i}`))
  const batches = await given.rows('delivery_batches', id)
  expect(batches.map(({ state }) => state).sort()).toEqual(['done', 'split'])
  const attempts = await given.rows('delivery_attempts', id)
  const sum = (outcome: string) =>
    attempts.filter((row) => row.outcome === outcome).reduce((all, row) => all + Number(row.events), 0)
  expect([sum('delivered'), sum('split')]).toEqual([10, 6])
})

test('of events that go one by one, the bad one alone is set aside', async () => {
  const arrived: string[] = []
  const id = await answering((delivery) => {
    const bad = messages(delivery).indexOf('n5')
    arrived.push(...messages(delivery).slice(0, bad < 0 ? delivery.events : bad))
    if (bad < 0) return { verdict: 'delivered', message: 'ok', ms: 1 }
    return { verdict: 'refused', message: 'bad', ms: 1, index: bad, taken: bad }
  })
  await appendNumbered(given.scope, 10)
  await given.run()
  expect(arrived).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9].map((i) => `n${i}`))
  const { stats } = await getDestination(given.scope, id)
  expect(stats).toMatchObject({ sentEvents: 9, deadEvents: 1 })
  const { sent_events: sent, failed_attempts: failed } = (await given.rows('delivery_streams', id))[0] ?? {}
  const attempts = await given.rows('delivery_attempts', id)
  const delivered = attempts.filter(({ outcome }) => outcome === 'delivered')
  expect(delivered.reduce((all, row) => all + Number(row.events), 0)).toBe(Number(sent))
  expect(attempts.length - delivered.length).toBe(Number(failed))
})

test('what was learned about a receiver is remembered, and handed to the next send', async () => {
  const known: unknown[] = []
  const id = await answering(({ capabilities }) => {
    known.push(capabilities)
    const learned = known.length === 1 ? { gzip: false } : { later: known.length }
    return {
      verdict: 'delivered',
      message: 'ok',
      ms: 1,
      capabilities: learned,
      request: 'POST somewhere 5 kB',
    }
  })
  await appendNumbered(given.scope, 2_001)
  await given.run()
  expect(known).toEqual([{}, { gzip: false }, { gzip: false, later: 2 }])
  expect(await given.rows('delivery_streams', id)).toMatchObject([
    { capabilities: { gzip: false, later: 3 } },
  ])
  expect(await given.rows('delivery_attempts', id)).toMatchObject(
    Array(3).fill({ request: 'POST somewhere 5 kB' }),
  )
})
