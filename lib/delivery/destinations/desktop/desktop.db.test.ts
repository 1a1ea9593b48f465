import { expect, test } from 'vitest'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { listNotifications } from '@/lib/notifications/list-notifications'
import { appendEvents, joinWorkspace } from '@/lib/notifications/testing/bells'
import { desktopKind } from './desktop-kind'

const given = useDeliveries()

function open(input: Record<string, unknown> = {}) {
  return desktopKind.open(desktopKind.configure(desktopKind.input.parse(input)).config)
}

const stream = () => ({
  tenantId: given.scope.tenantId,
  destinationId: '019a9d0c-0000-4000-8000-00000000000b',
})

test('a message is in the bells of whoever it is for, and the attempt says of how many', async () => {
  await joinWorkspace(given.owner(), given.scope, 'auditor')
  const [seq = 0] = await appendEvents(given.scope, [{ message: 'the door was opened' }])
  const send = (people: string) => {
    const desktop = open({ people })
    const changes = { stream: stream(), idempotencyKey: people }
    return desktop.send(deliveryOf(desktopKind, desktop, [forwardedEvent({ seq })], changes), outsideTools)
  }
  expect(await send('everyone')).toMatchObject({
    verdict: 'delivered',
    request: 'Notification 1 for 2 members',
  })
  expect(await send('managers')).toMatchObject({ request: 'Notification 2 for 1 owner or administrator' })
  expect((await listNotifications(given.scope)).notes).toMatchObject([
    { number: 2, title: 'the door was opened' },
    { number: 1, channelId: stream().destinationId },
  ])
})

test('a retry of the same message rings no second time', async () => {
  const desktop = open()
  const delivery = deliveryOf(desktopKind, desktop, [forwardedEvent()], { stream: stream() })
  const first = await desktop.send(delivery, outsideTools)
  expect(await desktop.send({ ...delivery, mayHaveArrived: true }, outsideTools)).toMatchObject({
    verdict: 'delivered',
    request: first.request,
  })
  expect((await listNotifications(given.scope)).notes).toHaveLength(1)
})

test('of many events the most severe are listed, in the order of the trail', async () => {
  const desktop = open()
  const seqs = await appendEvents(
    given.scope,
    Array.from({ length: 30 }, (_, i) => ({
      message: `n${i}`,
      level: i % 3 === 2 ? ('error' as const) : ('info' as const),
    })),
  )
  const events = seqs.map((seq, i) => forwardedEvent({ seq, level: i % 3 === 2 ? 'error' : 'info' }))
  await desktop.send(deliveryOf(desktopKind, desktop, events, { stream: stream() }), outsideTools)
  const [note] = (await listNotifications(given.scope)).notes
  expect(note).toMatchObject({ events: 30, level: 'error', title: '30 events: 10 error, 20 info' })
  expect(note?.listed.map(({ title }) => title)).toEqual(
    Array.from({ length: 10 }, (_, i) => `n${i * 3 + 2}`),
  )
})

test('TEST shows words of our own, and leads back to the channel', async () => {
  const desktop = open()
  const delivery = deliveryOf(desktopKind, desktop, [forwardedEvent({ seq: -1 })], { stream: stream() })
  expect(await desktop.send(delivery, outsideTools)).toMatchObject({ verdict: 'delivered' })
  expect((await listNotifications(given.scope)).notes).toMatchObject([
    {
      title: 'This is a test: desktop notifications of this channel reach you.',
      href: `/${given.scope.tenantSlug}/channels/${stream().destinationId}`,
    },
  ])
})
