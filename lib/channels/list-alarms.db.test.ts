import { expect, test } from 'vitest'
import { listAlarms } from '@/lib/channels/list-alarms'
import { addChannel, usePeople } from '@/lib/delivery/testing/channels'
import { addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { eraseValues } from '@/lib/erasure/erase-values'

const given = useDeliveries()
const TWO = { threshold: 'true', ruleCount: '2', ruleWithinSeconds: '60', ruleQuietSeconds: '0' }

test('alarms are listed from the latest on, page by page, each with whose events they were', async () => {
  usePeople()
  const id = await addChannel(given.scope, TWO)
  await appendNumbered(given.scope, 6, (i) => ({ actor: { login: `a${Math.floor(i / 2)}` } }))
  await given.run()
  const first = await listAlarms(given.scope, id, { limit: 2 })
  const second = await listAlarms(given.scope, id, { limit: 2, cursor: first.next ?? '' })
  expect([...first.alarms, ...second.alarms].map(({ who, events }) => [who, events])).toEqual([
    ['a2', 2],
    ['a1', 2],
    ['a0', 2],
  ])
  expect(second.next).toBeNull()
  const [latest] = first.alarms
  expect(latest).toMatchObject({
    firstSeq: (latest?.seq ?? 0) - 1,
    rule: { count: 2, withinSeconds: 60, per: 'actor', quietSeconds: 0 },
    eventId: expect.any(String),
    at: expect.any(Date),
  })
})

test('an alarm forgets whose events they were when that is erased', async () => {
  usePeople()
  const id = await addChannel(given.scope, TWO)
  await appendNumbered(given.scope, 2, () => ({ actor: { login: 'jdoe' } }))
  await given.run()
  const [alarm] = (await listAlarms(given.scope, id)).alarms
  expect(alarm?.who).toBe('jdoe')
  await eraseValues(given.scope, { seqs: [alarm?.seq ?? -1], pointers: ['/actor'], reasonCode: 'mistake' })
  expect((await listAlarms(given.scope, id)).alarms).toMatchObject([
    { seq: alarm?.seq, who: null, events: 2 },
  ])
})

test('a destination has no alarms to list', async () => {
  const id = await addDestination(given.scope, { url: given.receiver.url })
  await expect(listAlarms(given.scope, id)).rejects.toMatchObject({ code: 'not_found' })
})
