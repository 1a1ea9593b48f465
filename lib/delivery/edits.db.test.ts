import { expect, test } from 'vitest'
import { getDestination } from '@/lib/forwarding/get'
import { pauseDestination } from '@/lib/forwarding/pause'
import { resumeDestination } from '@/lib/forwarding/resume'
import { answerWith, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { addDestination, appendNumbered, messagesIn, numbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

test('a filter edited while a batch is open: the batch goes as frozen, older events by the old filter, newer by the new', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 5)
  given.receiver.answer(answerWith(503))
  await given.run()
  const [frozen] = given.receiver.received.splice(0)
  await appendNumbered(given.scope, 2, (i) => ({ message: `old${i}` }))
  await given.edit(id, { types: ['login'] })
  await appendNumbered(given.scope, 2, (i) => ({ message: `unwanted${i}` }))
  await appendNumbered(given.scope, 2, (i) => ({ message: `new${i}`, type: 'login' }))
  expect((await getDestination(given.scope, id)).stats.backlog.events).toBe(9)
  given.receiver.answer(answerWith(200))
  await given.run()
  expect(given.receiver.received[0]?.body).toBe(frozen?.body)
  expect(given.receiver.received[0]?.headers['idempotency-key']).toBe(frozen?.headers['idempotency-key'])
  expect(messagesIn(given.receiver.received)).toEqual([...numbered(5), 'old0', 'old1', 'new0', 'new1'])
})

test('another body format replaces the open batch under a new key', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 3)
  given.receiver.answer(answerWith(415))
  await given.run()
  const [refused] = given.receiver.received.splice(0)
  await given.edit(id, { body: 'ndjson' })
  given.receiver.answer(answerWith(200))
  await given.run()
  const [sent] = given.receiver.received
  expect(sent?.headers['content-type']).toBe('application/x-ndjson')
  expect(sent?.headers['idempotency-key']).not.toBe(refused?.headers['idempotency-key'])
  const lines = (sent?.body ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ message }) => message).filter((message) => message.startsWith('n'))).toEqual(
    numbered(3),
  )
  expect((await given.rows('delivery_batches', id)).map(({ state }) => state)).toContain('replaced')
})

test('pause, events, resume: none is lost and none is sent meanwhile', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await appendNumbered(given.scope, 3)
  await given.run()
  await pauseDestination(given.scope, { id })
  await appendNumbered(given.scope, 10_000, (i) => ({ message: `n${3 + i}` }))
  expect(await given.run()).toMatchObject({ streams: 0 })
  const paused = await getDestination(given.scope, id)
  expect(paused).toMatchObject({ state: 'paused', stats: { backlog: { events: 10_000, isCapped: false } } })
  expect(paused.stats.backlog.oldestAt).toBeInstanceOf(Date)
  await resumeDestination(given.scope, { id })
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(numbered(10_003))
})

test('what is done to a destination is not forwarded to itself, but to the others', async () => {
  const other = await startReceiver()
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['forwarding'] })
  await addDestination(given.scope, { url: other.url, types: ['forwarding'] })
  await pauseDestination(given.scope, { id })
  await resumeDestination(given.scope, { id })
  await appendNumbered(given.scope, 1, () => ({
    type: 'forwarding',
    message: 'a client’s',
    targets: [{ id }],
  }))
  await given.run()
  expect(messagesIn(given.receiver.received)).toEqual(['a client’s'])
  expect(messagesIn(other.received)).toHaveLength(3)
  await other.close()
})
