import { expect, test } from 'vitest'
import { addDestination, appendNumbered, messagesIn } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { parseFilter } from '@/lib/trail/filter-url'
import { listEvents } from '@/lib/trail/list'
import { listEventDeliveries } from './event-deliveries'
import { pauseDestination } from './pause'
import { removeDestination } from './remove'

const given = useDeliveries()

async function outcomes(message: string) {
  const filter = parseFilter(new URLSearchParams('type=relay'))
  const { events } = await listEvents(given.scope, filter, { limit: 1000 })
  const seq = events.find((event) => event.message === message)?.seq ?? Number.NaN
  return (await listEventDeliveries(given.scope, seq)).map(({ outcome, reason }) => reason ?? outcome)
}

test('an event was sent, is awaited, was set aside, or was never meant for a destination', async () => {
  await appendNumbered(given.scope, 2)
  const all = await addDestination(given.scope, { url: given.receiver.url, types: ['relay'] })
  await addDestination(given.scope, { url: given.receiver.url, types: ['relay'], levels: ['error'] })
  expect(await outcomes('n0')).toEqual(['before', 'not_matched'])

  await appendNumbered(given.scope, 5, (i) => ({ message: `m${i}`, level: i === 4 ? 'error' : 'info' }))
  expect(await outcomes('m3')).toEqual(['pending', 'not_matched'])
  given.receiver.answer(({ body }, response) => {
    response.writeHead(messagesIn([{ body }]).includes('m3') ? 400 : 200).end('no m3')
  })
  await given.run()
  expect(await outcomes('m2')).toEqual(['sent', 'not_matched'])
  expect(await outcomes('m3')).toEqual([expect.stringMatching(/./), 'not_matched'])
  expect(await outcomes('m3')).not.toEqual(await outcomes('m2'))
  expect(await outcomes('m4')).toEqual(['sent', 'sent'])

  const late = { url: given.receiver.url, types: ['relay'], start: 'beginning' }
  const whole = await addDestination(given.scope, late)
  expect(await outcomes('n0')).toEqual(['before', 'not_matched', 'pending'])
  await given.run()
  expect(await outcomes('n0')).toEqual(['before', 'not_matched', 'sent'])
  await removeDestination(given.scope, { id: whole })

  await pauseDestination(given.scope, { id: all })
  await appendNumbered(given.scope, 1, () => ({ message: 'later' }))
  expect(await outcomes('later')).toEqual(['waiting', 'not_matched'])
  await removeDestination(given.scope, { id: all })
  expect(await outcomes('later')).toEqual(['not_matched'])
})
