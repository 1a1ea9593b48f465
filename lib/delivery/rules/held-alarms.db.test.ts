import { expect, test } from 'vitest'
import { addChannel, DELIVERED, FAILED, usePeople } from '@/lib/delivery/testing/channels'
import { appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { pauseDestination } from '@/lib/forwarding/pause'
import { removeDestination } from '@/lib/forwarding/remove'
import { restoreDestination } from '@/lib/forwarding/restore'
import { resumeDestination } from '@/lib/forwarding/resume'
import { skipEvents } from '@/lib/forwarding/skip-events'
import { updateDestination } from '@/lib/forwarding/update'

const given = useDeliveries()
const THREE = { threshold: 'true', ruleCount: '3', ruleWithinSeconds: '60', ruleQuietSeconds: '600' }
const AT_ONCE = { pace: { burst: 1_000, refillSeconds: 1, gapSeconds: 0 } }

const alarmsOf = (id: string) =>
  given.owner()`select events from rule_alarms where destination_id = ${id} order by seq`
const byJdoe = (count: number) => appendNumbered(given.scope, count, () => ({ actor: { login: 'jdoe' } }))

/** A channel whose first alarm nobody took yet. */
async function holdAlarm() {
  const people = usePeople(AT_ONCE)
  people.answer(() => FAILED)
  const id = await addChannel(given.scope, THREE)
  await byJdoe(3)
  await given.run()
  expect(people.told).toHaveLength(1)
  people.answer(() => DELIVERED)
  return { people, id, target: { id, role: 'channel' as const } }
}

async function tryAgain() {
  await given.makeDue()
  await given.run()
}

test('an alarm outlives a pause, and a removal that is undone: the same message comes, once', async () => {
  const { people, id, target } = await holdAlarm()
  await pauseDestination(given.scope, target)
  await byJdoe(1)
  await tryAgain()
  expect(people.told).toHaveLength(1)
  await resumeDestination(given.scope, target)
  await removeDestination(given.scope, target)
  await tryAgain()
  expect(people.told).toHaveLength(1)
  await restoreDestination(given.scope, target)
  await resumeDestination(given.scope, target)
  await tryAgain()
  await tryAgain()
  expect(people.told).toHaveLength(2)
  expect(people.told[1]?.body).toBe(people.told[0]?.body)
  expect(await alarmsOf(id)).toEqual([{ events: 3 }])
})

test('under a rule that was changed meanwhile, it is judged anew', async () => {
  const { people, id } = await holdAlarm()
  const edit = (ruleCount: string) =>
    updateDestination(
      given.scope,
      INPUT_SCHEMAS.channel.update.parse({ id, kind: 'desktop', types: ['relay'], ...THREE, ruleCount }),
    )
  await edit('4')
  await tryAgain()
  expect(people.told).toHaveLength(1)
  expect(await alarmsOf(id)).toEqual([])
  await byJdoe(1)
  await given.run()
  expect(people.told[1]?.digest.alarms).toMatchObject([{ group: 'jdoe', events: 4 }])
})

test('what is skipped counts for nothing, and makes nobody quiet', async () => {
  const { people, id, target } = await holdAlarm()
  await skipEvents(given.scope, { ...target, reason: 'a drill' })
  await byJdoe(2)
  await tryAgain()
  expect([people.told.length, await alarmsOf(id)]).toEqual([1, []])
  await byJdoe(1)
  await given.run()
  expect(people.told[1]?.digest.alarms).toMatchObject([{ group: 'jdoe', events: 3 }])
})

test('a channel that is gone keeps its alarm until it is resumed', async () => {
  const { people, id, target } = await holdAlarm()
  people.answer(() => ({ verdict: 'gone', message: 'Removed.', ms: 0 }))
  await tryAgain()
  expect(await given.rows('delivery_streams', id)).toMatchObject([{ state: 'disabled' }])
  people.answer(() => DELIVERED)
  await resumeDestination(given.scope, target)
  await tryAgain()
  expect(people.told.at(-1)?.body).toBe(people.told[0]?.body)
  expect(await alarmsOf(id)).toEqual([{ events: 3 }])
})
