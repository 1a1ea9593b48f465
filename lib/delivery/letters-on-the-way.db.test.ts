import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inTenant } from '@/lib/access/in-tenant'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { pauseDestination } from '@/lib/forwarding/pause'
import { resumeDestination } from '@/lib/forwarding/resume'
import { updateDestination } from '@/lib/forwarding/update'
import { announceDrop } from '@/lib/retention/drop-events'
import { setTimeZone } from '@/lib/workspaces/set-time-zone'
import { addChannel, DELIVERED, FAILED, usePeople } from './testing/channels'
import { appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const DAILY = { everySeconds: 86_400, at: '08:00' }
const TOKYO = 'Asia/Tokyo'

const dueAt = async (id: string, zone = 'UTC') => {
  const [row] = await given.owner()<{ at: string; hours: number }[]>`
    select to_char(due_at at time zone ${zone}, 'HH24:MI') as at, extract(epoch from due_at - now())::float8 / 3600 as hours
    from delivery_streams where destination_id = ${id}`
  return { at: String(row?.at), hours: Number(row?.hours) }
}
const edit = (id: string, note: string, changes: Record<string, unknown> = {}) =>
  updateDestination(
    given.scope,
    INPUT_SCHEMAS.channel.update.parse({
      id,
      kind: 'desktop',
      types: ['relay'],
      ...DAILY,
      note,
      ...changes,
    }),
  )

/** A daily channel whose time has come, with three events to tell. */
async function addDueChannel(): Promise<string> {
  const id = await addChannel(given.scope, DAILY)
  await appendNumbered(given.scope, 3)
  await given.makeDue()
  return id
}

test('a zone that changes while a letter is being sent counts for the next one already', async () => {
  const people = usePeople()
  const id = await addDueChannel()
  people.answer(async () => {
    await setTimeZone(given.scope, { timeZone: TOKYO })
    return DELIVERED
  })
  await given.run()
  expect(people.told).toHaveLength(1)
  expect(await dueAt(id, TOKYO)).toMatchObject({ at: '08:00' })
})

test('a zone that changes when the time of a letter has come does not put the letter off', async () => {
  const people = usePeople()
  const id = await addDueChannel()
  await setTimeZone(given.scope, { timeZone: TOKYO })
  await given.run()
  expect(people.told).toHaveLength(1)
  expect(await dueAt(id, TOKYO)).toMatchObject({ at: '08:00' })
})

test('an edit while a letter is being sent does not put it off for a day', async () => {
  const people = usePeople()
  const id = await addDueChannel()
  people.answer(async () => {
    people.answer(() => DELIVERED)
    await edit(id, 'edited meanwhile')
    return DELIVERED
  })
  await given.run()
  await given.run()
  const [first, again] = people.told
  expect(again).toMatchObject({ idempotencyKey: first?.idempotencyKey, body: first?.body })
  expect((await dueAt(id)).at).toBe('08:00')
})

test('an edit right when the time has come does not put the letter off', async () => {
  const people = usePeople()
  const id = await addDueChannel()
  await edit(id, 'edited in time')
  await given.run()
  expect(people.told).toHaveLength(1)
  expect((await dueAt(id)).at).toBe('08:00')
})

test('a channel that told at once and shall tell daily tells nothing before its time', async () => {
  const people = usePeople({ pace: { burst: 20, refillSeconds: 30, gapSeconds: 1 } })
  const id = await addChannel(given.scope)
  await given.run()
  await given.makeDue()
  await edit(id, 'now daily')
  await appendNumbered(given.scope, 2)
  await given.run()
  expect(people.told).toEqual([])
  expect((await dueAt(id)).at).toBe('08:00')
})

test('one that was begun and switched off in the middle goes on when it is switched on', async () => {
  const people = usePeople()
  const id = await addDueChannel()
  people.answer(async () => {
    people.answer(() => DELIVERED)
    await pauseDestination(given.scope, { id, role: 'channel' })
    return { verdict: 'aborted', message: 'Cut off.', ms: 0 }
  })
  await given.run()
  await resumeDestination(given.scope, { id, role: 'channel' })
  await given.run()
  expect(people.told).toHaveLength(2)
})

test('a new filter makes two letters of a day, also where the first one is taken only later', async () => {
  const people = usePeople()
  const id = await addChannel(given.scope, DAILY)
  await appendNumbered(given.scope, 3)
  await edit(id, 'and others', { types: ['relay', 'other'] })
  await appendNumbered(given.scope, 2, () => ({ type: 'other' }))
  await given.makeDue()
  people.answer(() => FAILED)
  await given.run()
  people.answer(() => DELIVERED)
  await appendNumbered(given.scope, 4)
  await given.makeDue()
  await given.run()
  const told = () => people.told.map(({ digest }) => digest.events)
  expect(told()).toEqual([3, 3])
  await sleep(1_050)
  await given.run()
  // What came since goes along with it.
  expect(told()).toEqual([3, 3, 6])
  await appendNumbered(given.scope, 1)
  await sleep(1_050)
  expect(await given.run()).toMatchObject({ streams: 0 })
})

test('what retention drops before the time of a letter is on record, and the letter counts the rest', async () => {
  const people = usePeople()
  const id = await addChannel(given.scope, DAILY)
  await appendNumbered(given.scope, 3)
  await appendNumbered(given.scope, 2, () => ({ message: 'kept' }))
  const [row] = await given.owner()<{ to: string }[]>`
    select next_seq - 2 as to from trail_heads where tenant_id = ${given.scope.tenantId}`
  const toSeq = Number(row?.to)
  await inTenant(given.scope, (tx) => announceDrop(tx, given.scope, { firstSeq: 0, dropTo: toSeq }))
  expect((await dueAt(id)).at).toBe('08:00')
  await given.makeDue()
  await given.run()
  expect(people.told.map(({ digest }) => digest.events)).toEqual([2])
  const skips =
    await given.owner()`select to_seq::int as to, requested_by from delivery_skips where destination_id = ${id}`
  expect([...skips]).toEqual([{ to: toSeq, requested_by: 'retention' }])
})
