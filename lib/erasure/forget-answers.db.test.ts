import { expect, test } from 'vitest'
import { driver } from '@/db/client'
import { addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { listEvents } from '@/lib/trail/list'
import { eraseValues } from './erase-values'

const given = useDeliveries()
const MARK = 'unmistakable-person'

/** Sends one event whose message the receiver repeats in its answer. */
async function deliverOne(message: string, status: number): Promise<void> {
  given.receiver.answer((request, response) =>
    response.writeHead(status).end(`seen: ${JSON.parse(request.body)[0].message}`),
  )
  await appendNumbered(given.scope, 1, () => ({ message }))
  await given.makeDue()
  await given.run()
}

const answers = async (id: string) =>
  (await given.rows('delivery_attempts', id))
    .sort((a, b) => Number(a.at) - Number(b.at))
    .map(({ answer }) => answer)

const erase = async (text: string) => {
  const { events } = await listEvents(given.scope, {})
  const event = events.find(({ message }) => message === text)
  await eraseValues(given.scope, {
    eventId: event?.id as string,
    pointers: ['/message'],
    reasonCode: 'data_subject_request',
  })
}

test('what a receiver said of any try at an erased event goes with it, and what it said of others stays', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await deliverOne('before', 200)
  await deliverOne(MARK, 503)
  await given.makeDue()
  await given.run()
  await deliverOne('after', 200)
  const other = await given.rows('delivery_streams', id)
  expect(JSON.stringify(await answers(id))).toContain(MARK)
  expect(other).toMatchObject([{ last_answer: 'seen: after' }])
  await erase(MARK)
  // It was tried three times: the last time just before the next event went.
  expect(await answers(id)).toEqual(['seen: before', null, null, null, 'seen: after'])
  const stored = await given.owner()`
    select a.answer, a.message, s.last_answer, s.fail_message from delivery_attempts a, delivery_streams s
    where a.destination_id = ${id} and s.destination_id = ${id}`
  expect(JSON.stringify(stored)).not.toContain(MARK)
  expect(await given.rows('delivery_streams', id)).toMatchObject([{ last_answer: null }])
})

test('an answer can only be taken away, not changed', async () => {
  await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await deliverOne('x', 200)
  const change = (answer: string | null) =>
    driver('app').begin(async (tx) => {
      await tx`select set_config('spoor.tenant_id', ${given.scope.tenantId}, true)`
      return tx`update delivery_attempts set answer = ${answer}`
    })
  await expect(change('all is well')).rejects.toMatchObject({ code: '42501' })
  expect((await change(null)).count).toBe(1)
})
