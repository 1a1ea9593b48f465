import { expect, test } from 'vitest'
import { pauseDestination } from '@/lib/forwarding/pause'
import { leaseStream } from './lease-stream'
import { addDestination, appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

async function dueStream() {
  const destinationId = await addDestination(given.scope, { url: given.receiver.url })
  await appendNumbered(given.scope, 1)
  return { tenantId: given.scope.tenantId, destinationId }
}

test('of many who reach for a stream at once exactly one gets it, and again only when the lease has ended', async () => {
  const key = await dueStream()
  const reach = async () =>
    (await Promise.all(Array.from({ length: 20 }, () => leaseStream(key)))).filter(Boolean)
  const [first, ...others] = await reach()
  expect(first).toMatchObject(key)
  expect(others).toEqual([])
  expect(await reach()).toEqual([])
  await given.expireLeases()
  const [second, ...more] = await reach()
  expect(more).toEqual([])
  expect(second?.leaseToken).not.toBe(first?.leaseToken)
})

test('a stream that is paused or not yet due is not leased', async () => {
  const key = await dueStream()
  await given.owner()`update delivery_streams set due_at = now() + interval '1 min' where destination_id = ${key.destinationId}`
  expect(await leaseStream(key)).toBeUndefined()
  await given.makeDue()
  await pauseDestination(given.scope, { id: key.destinationId })
  expect(await leaseStream(key)).toBeUndefined()
})

test('another tenant’s id finds no stream', async () => {
  const { destinationId } = await dueStream()
  expect(
    await leaseStream({ tenantId: '0192c0de-0000-7000-8000-000000000001', destinationId }),
  ).toBeUndefined()
})
