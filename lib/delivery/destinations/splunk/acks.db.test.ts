import { expect, test } from 'vitest'
import { addDestination, appendNumbered, numbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { getDestination } from '@/lib/forwarding/get'
import { type Hec, imitateHec } from './testing/hec-receiver'

const given = useDeliveries()

async function addSplunk(hec: Hec): Promise<string> {
  given.receiver.answer(hec.behave)
  return addDestination(given.scope, {
    kind: 'splunk',
    url: given.receiver.url,
    token: 't1',
    acknowledge: true,
  })
}

const messagesIn = ({ events }: Hec) => events.map(({ event }) => (event as { message: string }).message)
const sentEvents = async (id: string) => (await getDestination(given.scope, id)).stats.sentEvents

/** As if the time to ask, or to try again, had come. */
async function runOn(): Promise<void> {
  await given.makeDue()
  await given.run()
}

test('events count as sent once Splunk says that they are indexed, and not before', async () => {
  const hec = imitateHec({ token: 't1', acknowledges: true })
  hec.setIndexing(false)
  const id = await addSplunk(hec)
  await appendNumbered(given.scope, 5)
  await given.run()
  for (let i = 0; i < 3; i++) await runOn()
  expect(await sentEvents(id)).toBe(0)
  hec.setIndexing(true)
  await runOn()
  expect(await sentEvents(id)).toBe(5)
})

test('what Splunk took and lost is sent again under its old ids, once its time is over', async () => {
  const hec = imitateHec({ token: 't1', acknowledges: true })
  hec.setIndexing(false)
  const id = await addSplunk(hec)
  await appendNumbered(given.scope, 5)
  await given.run()
  hec.forgetAcks()
  hec.setIndexing(true)
  await runOn()
  expect(await sentEvents(id)).toBe(0)
  await given.owner()`update delivery_batches set ack_deadline = now() - interval '1 s' where state = 'awaiting_ack'`
  for (let i = 0; i < 3 && (await sentEvents(id)) < 5; i++) await runOn()
  expect(messagesIn(hec)).toEqual(numbered(5))
  expect(await sentEvents(id)).toBe(5)
})

test('an acknowledgement that was told and not put down leads to a repeat, never to a loss', async () => {
  const hec = imitateHec({ token: 't1', acknowledges: true })
  const id = await addSplunk(hec)
  await appendNumbered(given.scope, 5)
  // Another runner asked, was told, and died: Splunk has forgotten it.
  given.receiver.answer((request, response, raw) => {
    hec.behave(request, response, raw)
    if (!request.path.includes('/ack')) hec.forgetAcks()
  })
  await given.run()
  given.receiver.answer(hec.behave)
  await given.owner()`update delivery_batches set ack_deadline = now() - interval '1 s' where state = 'awaiting_ack'`
  for (let i = 0; i < 3 && (await sentEvents(id)) < 5; i++) await runOn()
  expect(await sentEvents(id)).toBe(5)
  const ids = hec.events.map(({ fields }) => (fields as { audit_id: string }).audit_id)
  expect(ids).toHaveLength(10)
  expect(new Set(ids).size).toBe(5)
})

test('a token without acknowledgement is noticed, and its events count as sent when Splunk takes them', async () => {
  const hec = imitateHec({ token: 't1' })
  const id = await addSplunk(hec)
  await appendNumbered(given.scope, 5)
  await given.run()
  expect(await sentEvents(id)).toBe(5)
  expect((await given.rows('delivery_streams', id))[0]?.capabilities).toEqual({ ack: false })
})
