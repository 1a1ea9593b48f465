import { expect, test } from 'vitest'
import { getDestination } from '@/lib/forwarding/get'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { pauseDestination } from '@/lib/forwarding/pause'
import { resumeDestination } from '@/lib/forwarding/resume'
import { updateDestination } from '@/lib/forwarding/update'
import { sampleRow } from '@/lib/integrity/scrub/testing/sealed-trail'
import { append } from '@/lib/trail/append'
import { rollSchedules } from './lifecycle/roll-schedules'
import { tendStreams } from './lifecycle/tend-streams'
import { addChannel, DELIVERED, FAILED, usePeople } from './testing/channels'
import { appendNumbered } from './testing/deliveries'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()

const DAY = 86_400
const WEEK = 604_800

/** The times that follow on `after`, one after the other, by PostgreSQL. */
async function nextTimes(count: number, rhythm: { every: number; at: number; zone: string }, after: string) {
  const times: string[] = []
  for (let from = after; times.length < count; ) {
    const [row] = await given.owner()<{ at: Date }[]>`
      select spoor_next_time(${from}::timestamptz, ${rhythm.every}, 0, ${rhythm.at}, ${rhythm.zone}) as at`
    from = (row?.at ?? new Date(0)).toISOString()
    times.push(from.slice(0, 16))
  }
  return times
}
const minutes = (hours: number, rest = 0) => hours * 60 + rest

test('a daily time keeps its place on the clock when the clock is set forward or back', async () => {
  const at8 = { every: DAY, at: minutes(8), zone: 'Europe/Berlin' }
  expect(await nextTimes(3, at8, '2027-03-26T12:00:00Z')).toEqual([
    '2027-03-27T07:00',
    '2027-03-28T06:00',
    '2027-03-29T06:00',
  ])
  expect(await nextTimes(3, at8, '2026-10-23T12:00:00Z')).toEqual([
    '2026-10-24T06:00',
    '2026-10-25T07:00',
    '2026-10-26T07:00',
  ])
})

test('a time that the clock leaves out comes all the same, and one that it shows twice comes once', async () => {
  const at230 = { every: DAY, at: minutes(2, 30), zone: 'Europe/Berlin' }
  expect(await nextTimes(3, at230, '2027-03-26T12:00:00Z')).toEqual([
    '2027-03-27T01:30',
    '2027-03-28T01:30',
    '2027-03-29T00:30',
  ])
  expect(await nextTimes(3, at230, '2026-10-23T12:00:00Z')).toEqual([
    '2026-10-24T00:30',
    '2026-10-25T01:30',
    '2026-10-26T01:30',
  ])
})

test('a weekly time is on its day, also right at it, behind it and over the end of a year', async () => {
  const thursday = { every: WEEK, at: 3 * 1_440 + minutes(9), zone: 'America/New_York' }
  expect(await nextTimes(3, thursday, '2026-12-24T14:00:00Z')).toEqual([
    '2026-12-31T14:00',
    '2027-01-07T14:00',
    '2027-01-14T14:00',
  ])
  expect(await nextTimes(1, thursday, '2026-12-24T13:59:59Z')).toEqual(['2026-12-24T14:00'])
  expect(await nextTimes(1, thursday, '2026-12-25T02:00:00Z')).toEqual(['2026-12-31T14:00'])
  const monday = { every: WEEK, at: 0, zone: 'Pacific/Kiritimati' }
  expect(await nextTimes(2, monday, '2026-11-21T12:00:00Z')).toEqual(['2026-11-22T10:00', '2026-11-29T10:00'])
  const sunday = { every: WEEK, at: 6 * 1_440 + minutes(23, 59), zone: 'UTC' }
  expect(await nextTimes(1, sunday, '2026-11-21T12:00:00Z')).toEqual(['2026-11-22T23:59'])
})

test('whatever the zone, each day of two years has its time once, and each week its own', async () => {
  const zones = ['Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'Africa/Cairo', 'America/Havana']
  const rows = await given.owner()`
    with recursive times as (
      select zone, every, at, spoor_next_time('2026-01-01T00:00Z'::timestamptz, every, 0, at, zone) as due
      from unnest(${zones}::text[]) zone, (values (${DAY}::int, 0), (${DAY}, 150), (${DAY}, 1439), (${WEEK}, 7 * 1440 - 1)) r (every, at)
      union all
      select zone, every, at, spoor_next_time(due, every, 0, at, zone) from times where due < '2028-01-01T00:00Z')
    select zone, at, days from (
      select zone, at, every / ${DAY}::int as wanted, (due at time zone zone)::date
        - lag((due at time zone zone)::date) over (partition by zone, every, at order by due) as days from times) gaps
    where days <> wanted`
  expect([...rows]).toEqual([])
})

test('a zone that PostgreSQL does not know is UTC', async () => {
  const nowhere = { every: DAY, at: minutes(8), zone: 'Atlantis/Capital' }
  expect(await nextTimes(1, nowhere, '2026-11-21T12:00:00Z')).toEqual(['2026-11-22T08:00'])
})

const ZONE = 'Asia/Kolkata'
/** A time of the day in the workspace's zone that is neither just over nor just ahead. */
async function awayFromNow(): Promise<string> {
  await given.owner()`update tenants set time_zone = ${ZONE} where id = ${given.scope.tenantId}`
  const [row] = await given.owner()<
    { at: string }[]
  >`select to_char((now() + interval '7 h') at time zone ${ZONE}, 'HH24:MI') as at`
  return row?.at ?? ''
}
const dueAt = async (id: string) => {
  const [row] = await given.owner()`
    select to_char(due_at at time zone ${ZONE}, 'HH24:MI') as at, extract(epoch from due_at - now())::float8 / 3600 as hours
    from delivery_streams where destination_id = ${id}`
  return { at: String(row?.at), hours: Number(row?.hours) }
}

test('a new daily channel sends nothing before its time, then all of the day, and then again a day later', async () => {
  const people = usePeople()
  const at = await awayFromNow()
  const id = await addChannel(given.scope, { everySeconds: DAY, at })
  await appendNumbered(given.scope, 3)
  expect(await given.run()).toMatchObject({ streams: 0 })
  const due = await dueAt(id)
  expect(due.at).toBe(at)
  expect(due.hours).toBeGreaterThan(6.9)
  expect(due.hours).toBeLessThanOrEqual(7)
  const { nextSyncAt } = await getDestination(given.scope, id, 'channel')
  expect((nextSyncAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(6.9 * 3_600_000)
  await given.makeDue()
  expect(await given.run()).toMatchObject({ batches: 1, events: 3 })
  expect(await dueAt(id)).toMatchObject({ at })
  await appendNumbered(given.scope, 2)
  expect(await given.run()).toMatchObject({ streams: 0 })
  expect(people.told.map(({ digest }) => digest.events)).toEqual([3])
})

test('a time that passed with nothing to tell is the next one’s', async () => {
  const people = usePeople()
  const at = await awayFromNow()
  const daily = await addChannel(given.scope, { everySeconds: DAY, at, types: ['relay'] })
  const hourly = await addChannel(given.scope, { everySeconds: 3_600, types: ['relay'] })
  const busy = await addChannel(given.scope, { everySeconds: 3_600, types: ['relay'] })
  await given.run()
  // The channels' own beginnings are in the trail; they have passed them.
  await given.makeDue()
  await given.run()
  await given.owner()`update delivery_streams set due_at = now() - interval '3 h'`
  await given.owner()`update delivery_streams set lease_token = gen_random_uuid(), lease_until = now() + interval '1 min'
    where destination_id = ${busy}`
  expect(await tendStreams({ budgetMs: 5_000 })).toMatchObject({ rolled: 2 })
  expect(await dueAt(daily)).toMatchObject({ at })
  expect((await dueAt(hourly)).hours).toBeGreaterThan(0)
  expect((await dueAt(busy)).hours).toBeLessThan(0)
  await appendNumbered(given.scope, 2)
  await given.expireLeases()
  await given.run()
  expect(people.told).toHaveLength(1)
  expect(await tendStreams({ budgetMs: 5_000 })).toMatchObject({ rolled: 0 })
  await given.owner()`update delivery_streams set due_at = now() - interval '6 s'`
  // Two have something before them by now, and it is theirs to be sent.
  expect(await tendStreams({ budgetMs: 5_000 })).toMatchObject({ rolled: 1 })
  expect((await dueAt(busy)).hours).toBeGreaterThan(0)
  await given.run()
  expect(people.told).toHaveLength(3)
})

test('what came before the time and is sealed late is told all the same, and not a day later', async () => {
  const people = usePeople()
  const id = await addChannel(given.scope, { everySeconds: DAY, types: ['relay'] })
  await given.run()
  await given.makeDue()
  await given.run()
  const { tenantId } = given.scope
  await append([sampleRow(tenantId, 0, { type: 'relay' }, new Date(Date.now() - 60_000).toISOString())])
  await given.owner()`update delivery_streams set due_at = now() - interval '30 s' where destination_id = ${id}`
  expect(await tendStreams({ budgetMs: 5_000 })).toMatchObject({ rolled: 0 })
  await given.run()
  expect(people.told).toHaveLength(1)
})

test('many runs set times forward together without waiting for each other, or for whoever changes a channel', async () => {
  const ids: string[] = []
  for (let i = 0; i < 6; i++) ids.push(await addChannel(given.scope, { everySeconds: 300, types: ['relay'] }))
  await given.makeDue()
  await given.run()
  await given.owner()`update delivery_streams set due_at = now() - interval '1 h'`
  const [locked = ''] = ids
  await given.owner().begin(async (tx) => {
    await tx`select 1 from delivery_streams where destination_id = ${locked} for update`
    const rolled = await Promise.all(Array.from({ length: 4 }, () => rollSchedules(() => false)))
    expect(rolled.reduce((sum, each) => sum + each, 0)).toBe(5)
  })
  expect(await rollSchedules(() => false)).toBe(1)
})

test('neither an edit nor a pause has a daily channel send early, unless it was failing', async () => {
  const people = usePeople()
  const at = await awayFromNow()
  const id = await addChannel(given.scope, { everySeconds: DAY, at })
  await appendNumbered(given.scope, 3)
  const edit = (changes: Record<string, unknown>) =>
    updateDestination(
      given.scope,
      INPUT_SCHEMAS.channel.update.parse({
        id,
        kind: 'desktop',
        types: ['relay'],
        everySeconds: DAY,
        at,
        ...changes,
      }),
    )
  await edit({ note: 'For the morning.' })
  expect(await dueAt(id)).toMatchObject({ at })
  await edit({ everySeconds: 300 })
  expect((await dueAt(id)).hours * 60).toBeLessThanOrEqual(5)
  await edit({})
  await pauseDestination(given.scope, { id, role: 'channel' })
  await resumeDestination(given.scope, { id, role: 'channel' })
  expect(await dueAt(id)).toMatchObject({ at })
  expect(await given.run()).toMatchObject({ streams: 0 })
  people.answer(() => FAILED)
  await given.makeDue()
  await given.run()
  people.answer(() => DELIVERED)
  await edit({ note: 'Mended.' })
  await given.run()
  expect(people.told).toHaveLength(2)
  expect(await dueAt(id)).toMatchObject({ at })
})
