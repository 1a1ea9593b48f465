import { expect, test } from 'vitest'
import { addChannel, DELIVERED, FAILED, usePeople } from './testing/channels'
import { appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const RULE = {
  threshold: true,
  ruleCount: 3,
  ruleWithinSeconds: 300,
  rulePer: 'actor',
  ruleQuietSeconds: 3_600,
}
const appendOf = (login: string, count: number) =>
  appendNumbered(given.scope, count, () => ({ actor: { login } }))
const windowsOf = (id: string) =>
  given.owner()`select seqs, since, quiet_until from rule_windows where destination_id = ${id} order by seqs`

test('a rule counts over many looks, and what it learned is written only with the cursor', async () => {
  const people = usePeople()
  const id = await addChannel(given.scope, RULE)
  await appendOf('jdoe', 2)
  await appendOf('other', 1)
  expect(await given.run()).toMatchObject({ batches: 0, failed: 0 })
  const before = await windowsOf(id)
  expect(before.map(({ seqs }) => seqs.length)).toEqual([2, 1])
  people.answer(() => FAILED)
  await appendOf('jdoe', 2)
  expect(await given.run()).toMatchObject({ failed: 1 })
  expect(await windowsOf(id)).toEqual(before)
  await appendOf('jdoe', 1)
  people.answer(() => DELIVERED)
  await given.makeDue()
  await given.run()
  const [failed, again] = people.told
  expect(again).toMatchObject({ body: failed?.body, idempotencyKey: failed?.idempotencyKey })
  expect(again?.digest.alarms).toMatchObject([{ group: 'jdoe' }])
  const alarms = await given.owner()`select events, seq from rule_alarms where destination_id = ${id}`
  expect(alarms).toHaveLength(1)
  await given.makeDue()
  await given.run()
  expect(people.told).toHaveLength(2)
  const after = await windowsOf(id)
  expect(after.some(({ quiet_until: quietUntil }) => quietUntil !== null)).toBe(true)
})
