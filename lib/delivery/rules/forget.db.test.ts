import { expect, test } from 'vitest'
import { pruneDestination } from '@/lib/delivery/lifecycle/prune-destination'
import { purgeDestination } from '@/lib/delivery/lifecycle/purge-destination'
import { addChannel, usePeople } from '@/lib/delivery/testing/channels'
import { appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { appendDaysAgo } from '@/lib/retention/testing/append-at'

const given = useDeliveries()
const HOUR = 1 / 24
const THREE = { threshold: 'true', ruleCount: '3', ruleWithinSeconds: '3600', ruleQuietSeconds: '0' }

const byJdoe = (count: number) =>
  Array.from({ length: count }, () => ({ type: 'relay', action: 'sent', actor: { login: 'jdoe' } }))
const count = async (table: 'rule_windows' | 'rule_alarms', id: string) =>
  (await given.owner()`select 1 from ${given.owner()(table)} where destination_id = ${id}`).length

test('windows are forgotten once no event can count with them, but not while some wait that do', async () => {
  const people = usePeople({ pace: { burst: 9, refillSeconds: 1, gapSeconds: 0 } })
  const id = await addChannel(given.scope, THREE)
  const key = { tenantId: given.scope.tenantId, destinationId: id }
  await appendDaysAgo(given.scope, 10 * HOUR, byJdoe(2))
  await given.run()
  expect(await count('rule_windows', id)).toBe(1)
  await appendDaysAgo(given.scope, 9.5 * HOUR, byJdoe(1))
  await sealNow()
  await pruneDestination(key)
  expect(await count('rule_windows', id)).toBe(1)
  await given.run()
  expect(people.told).toHaveLength(1)
  await appendDaysAgo(given.scope, 9 * HOUR, byJdoe(1))
  await given.run()
  expect(await count('rule_windows', id)).toBe(1)
  await pruneDestination(key)
  expect(await count('rule_windows', id)).toBe(0)
})

test('what can count no more when a range has been read is not even written', async () => {
  usePeople()
  const id = await addChannel(given.scope, THREE)
  await appendDaysAgo(given.scope, 10 * HOUR, byJdoe(2))
  await appendNumbered(given.scope, 1, () => ({ actor: { login: 'other' } }))
  await given.run()
  expect(await count('rule_windows', id)).toBe(1)
})

test('alarms are kept for ninety days, and go with their channel', async () => {
  usePeople()
  const id = await addChannel(given.scope, THREE)
  const key = { tenantId: given.scope.tenantId, destinationId: id }
  await appendNumbered(given.scope, 7, () => ({ actor: { login: 'jdoe' } }))
  await given.run()
  await given.owner()`update rule_alarms set at = now() - interval '91 days'
    where destination_id = ${id} and seq = (select min(seq) from rule_alarms where destination_id = ${id})`
  await pruneDestination(key)
  expect(await count('rule_alarms', id)).toBe(1)
  await given.owner()`update destinations set removed_at = now() - interval '31 days' where id = ${id}`
  for (let isDone = false; !isDone; ) isDone = (await purgeDestination(key)).isDone
  expect([await count('rule_alarms', id), await count('rule_windows', id)]).toEqual([0, 0])
  expect(await given.owner()`select 1 from destinations where id = ${id}`).toEqual([])
})
