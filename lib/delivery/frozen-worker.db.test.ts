import { afterEach, expect, test, vi } from 'vitest'
import { getDestination } from '@/lib/forwarding/get'
import { Process } from './testing/chaos/process'
import { addDestination, appendNumbered, messagesIn, numbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()
const worker = new Process('worker')

afterEach(() => worker.kill())

test('a process that is stopped while it sends, past its lease, commits nothing when it goes on', async () => {
  let answer = () => {}
  const sent = new Promise<void>((resolve) => {
    given.receiver.answer((_request, response) => {
      answer = () => response.end('ok')
      resolve()
    })
  })
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await worker.start()
  await appendNumbered(given.scope, 5)
  await sent
  worker.signal('SIGSTOP')
  answer()
  given.receiver.answer((_request, response) => response.end('ok'))
  await given.expireLeases()
  await given.run()
  await appendNumbered(given.scope, 5, (i) => ({ message: `n${5 + i}` }))
  await given.run()
  const [first, again] = given.receiver.received
  expect(again?.body).toBe(first?.body)
  expect(again?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
  expect(messagesIn(given.receiver.received.slice(1))).toEqual(numbered(10))

  const before = (await getDestination(given.scope, id)).stats
  const batches = await given.rows('delivery_batches', id)
  worker.signal('SIGCONT')
  const outcomes = async () => (await given.rows('delivery_attempts', id)).map(({ outcome }) => outcome)
  await vi.waitFor(async () => expect(await outcomes()).toContain('superseded'), { timeout: 20_000 })
  expect((await outcomes()).sort()).toEqual(['delivered', 'delivered', 'superseded'])
  expect((await getDestination(given.scope, id)).stats).toEqual(before)
  expect(before).toMatchObject({ sentEvents: 10, failedAttempts: 0 })
  expect(await given.rows('delivery_batches', id)).toEqual(batches)
  expect(given.receiver.received).toHaveLength(3)
})
