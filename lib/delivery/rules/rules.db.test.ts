import { expect, test } from 'vitest'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { addChannel, DELIVERED, FAILED, usePeople } from '@/lib/delivery/testing/channels'
import { appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { eraseValues } from '@/lib/erasure/erase-values'
import type { EventInput } from '@/lib/event/event-input'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'
import { updateDestination } from '@/lib/forwarding/update'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { appendDaysAgo } from '@/lib/retention/testing/append-at'

const given = useDeliveries()

const THREE = { threshold: 'true', ruleCount: '3', ruleWithinSeconds: '60', ruleQuietSeconds: '0' }
/** So that a test need not wait between two messages. */
const AT_ONCE = { pace: { burst: 1_000, refillSeconds: 1, gapSeconds: 0 } }

const by = (login: string, fields: Partial<EventInput> = {}) => ({ actor: { login }, ...fields })

/** Events of an actor that were received so many seconds ago. */
async function receiveAgo(scope: TenantScope, login: string, ...secondsAgo: number[]): Promise<void> {
  for (const seconds of secondsAgo)
    await appendDaysAgo(scope, seconds / 86_400, [{ type: 'relay', action: 'sent', ...by(login) }])
  await sealNow()
}

const alarmsOf = (id: string) =>
  given.owner()`select seq::int, events, first_seq::int from rule_alarms where destination_id = ${id} order by seq`
const windowsOf = (id: string) =>
  given.owner()`select seqs, times, since, quiet_until, encode(group_hash, 'hex') as hash
    from rule_windows where destination_id = ${id} order by group_hash`

const summary = ({ alarms = [] }: { alarms?: { group: string | null; events: number }[] | undefined }) =>
  alarms.map(({ group, events }) => [group, events])

test('a rule tells once the number of one actor is full, and of nobody else', async () => {
  const people = usePeople(AT_ONCE)
  const id = await addChannel(given.scope, THREE)
  await appendNumbered(given.scope, 9, (i) =>
    by(i % 3 === 2 ? `once${i}` : i % 3 === 1 ? 'often' : 'twice', { level: 'error' }),
  )
  await given.run()
  expect(people.told).toHaveLength(1)
  const { digest } = people.told[0] ?? expect.fail('nobody was told')
  expect(
    digest.alarms?.map(({ group, events, listed }) => [group, events, listed.map(({ title }) => title)]),
  ).toEqual([
    ['twice', 3, ['n0', 'n3', 'n6']],
    ['often', 3, ['n1', 'n4', 'n7']],
  ])
  expect(digest).toMatchObject({ events: 6, levels: { error: 6 }, types: [['relay', 6]], listed: [] })
  expect(await alarmsOf(id)).toEqual(
    digest.alarms?.map(({ seq, events, listed }) => ({ seq, events, first_seq: listed[0]?.seq })),
  )
})

test.each(['target', 'ip', 'all'] as const)('a rule counts by %s', async (rulePer) => {
  const people = usePeople(AT_ONCE)
  await addChannel(given.scope, { ...THREE, rulePer })
  await appendNumbered(given.scope, 5, (i) => ({
    actor: { login: `a${i}`, ip: i < 3 ? '2001:db8::1' : '203.0.113.9' },
    targets: [{ type: 'disk' }, { name: i % 2 ? 'b' : 'a' }],
  }))
  await given.run()
  const expected = { target: [['a', 3]], ip: [['2001:db8::1', 3]], all: [[null, 3]] }
  expect(people.told.flatMap(({ digest }) => summary(digest))).toEqual(expected[rulePer])
})

test('nobody passes for many by the spelling of a name or an address', async () => {
  const people = usePeople(AT_ONCE)
  await addChannel(given.scope, THREE)
  await addChannel(given.scope, { ...THREE, rulePer: 'ip' })
  await addChannel(given.scope, { ...THREE, rulePer: 'target' })
  const logins = ['Zoë@acme.test', 'ZOE\u0308@ACME.test', 'ｚoë@acme.test']
  const ips = ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:c000:201']
  await appendNumbered(given.scope, 3, (i) => ({
    actor: { login: logins[i] ?? '', ip: ips[i] ?? '' },
    targets: [{ name: ['a', 'A', 'ａ'][i] }],
  }))
  await given.run()
  expect(people.told.map(({ digest }) => summary(digest)[0]?.[1])).toEqual([3, 3])
})

test('a name in an alarm is no longer than in a note', async () => {
  const people = usePeople(AT_ONCE)
  await addChannel(given.scope, THREE)
  await appendNumbered(given.scope, 3, () => by('x'.repeat(1_024)))
  await given.run()
  expect(people.told[0]?.digest.alarms?.[0]?.group).toBe(`${'x'.repeat(119)}…`)
})

test('events of nobody count for no actor', async () => {
  const people = usePeople(AT_ONCE)
  await addChannel(given.scope, THREE)
  await appendNumbered(given.scope, 10)
  await given.run()
  expect(people.told).toEqual([])
})

test('a number that fills up over many turns fires as it does in one', async () => {
  const people = usePeople(AT_ONCE)
  const id = await addChannel(given.scope, { ...THREE, ruleCount: '4' })
  for (let i = 0; i < 6; i++) {
    await appendNumbered(given.scope, 1, () => by('jdoe', { message: `n${i}` }))
    await given.run()
  }
  expect(
    people.told.map(({ digest }) => digest.alarms?.map(({ listed }) => listed.map(({ title }) => title))),
  ).toEqual([[['n0', 'n1', 'n2', 'n3']]])
  expect(await windowsOf(id)).toMatchObject([{ seqs: [expect.anything(), expect.anything()] }])
})

test('a quiet time keeps further alarms back, and the next one tells what came in it', async () => {
  const people = usePeople(AT_ONCE)
  const id = await addChannel(given.scope, { ...THREE, ruleQuietSeconds: '600' })
  await receiveAgo(given.scope, 'jdoe', 5_000, 4_999, 4_998)
  await given.run()
  await receiveAgo(given.scope, 'jdoe', 4_900, 4_800, 4_700, 4_600)
  await given.run()
  expect(people.told.map(({ digest }) => summary(digest))).toEqual([[['jdoe', 3]]])
  await receiveAgo(given.scope, 'jdoe', 4_000, 3_999, 3_998)
  await given.run()
  expect(people.told.map(({ digest }) => summary(digest))).toEqual([[['jdoe', 3]], [['jdoe', 7]]])
  expect((await alarmsOf(id)).map(({ events }) => events)).toEqual([3, 7])
})

test('a rule goes by when events were received, however late it reads them', async () => {
  const people = usePeople(AT_ONCE)
  await addChannel(given.scope, THREE)
  await receiveAgo(given.scope, 'slow', 900, 700, 500, 300)
  await receiveAgo(given.scope, 'quick', 290, 280, 270)
  await given.run()
  expect(people.told.map(({ digest }) => summary(digest))).toEqual([[['quick', 3]]])
})

test('a message that failed comes again byte for byte, and remembers nothing before it is taken', async () => {
  const people = usePeople(AT_ONCE)
  people.answer(() => FAILED)
  const id = await addChannel(given.scope, THREE)
  await appendNumbered(given.scope, 4, () => by('jdoe'))
  await given.run()
  expect([await alarmsOf(id), await windowsOf(id)]).toEqual([[], []])
  await appendNumbered(given.scope, 2, () => by('jdoe'))
  people.answer(() => DELIVERED)
  await given.makeDue()
  await given.run()
  await given.makeDue()
  await given.run()
  const [failed, again, next] = people.told
  expect(again).toMatchObject({ body: failed?.body, idempotencyKey: failed?.idempotencyKey })
  // One of the four was left over: with the two that came meanwhile the number is full again.
  expect(next?.digest.alarms).toMatchObject([{ group: 'jdoe', events: 3 }])
  expect(people.told).toHaveLength(3)
  expect(await alarmsOf(id)).toHaveLength(2)
})

test('who lost the lease while sending writes nothing, so that nothing is counted twice', async () => {
  const people = usePeople(AT_ONCE)
  const id = await addChannel(given.scope, THREE)
  await appendNumbered(given.scope, 5, () => by('jdoe'))
  let hasTakenOver = false
  people.answer(async () => {
    if (hasTakenOver) return DELIVERED
    hasTakenOver = true
    await given.expireLeases()
    await given.run()
    return DELIVERED
  })
  await given.run()
  await given.run()
  expect(people.told).toHaveLength(2)
  expect(people.told[1]?.body).toBe(people.told[0]?.body)
  expect(await alarmsOf(id)).toHaveLength(1)
  const [window] = await windowsOf(id)
  expect(window?.seqs).toHaveLength(2)
  await appendNumbered(given.scope, 1, () => by('jdoe'))
  await given.run()
  expect(await alarmsOf(id)).toHaveLength(2)
})

test('tenants count by themselves, and no hash tells that they have an actor in common', async () => {
  const people = usePeople(AT_ONCE)
  const other = await newMemberScope()
  const ids = [await addChannel(given.scope, THREE), await addChannel(other, THREE)]
  for (const scope of [given.scope, other]) await appendNumbered(scope, 2, () => by('jdoe'))
  await given.run()
  expect(people.told).toEqual([])
  const hashes = (await Promise.all(ids.map(windowsOf))).flat().map(({ hash }) => hash)
  expect(new Set(hashes).size).toBe(2)
  await appendNumbered(other, 1, () => by('jdoe'))
  await given.run()
  expect(people.told).toHaveLength(1)
  expect([await alarmsOf(ids[0] ?? ''), await alarmsOf(ids[1] ?? '')]).toMatchObject([[], [{ events: 3 }]])
})

test('an alarm shows no more of its group than the channel may see', async () => {
  const people = usePeople(AT_ONCE)
  await addChannel(given.scope, { ...THREE, masking: ['hash:actor.login'] })
  await appendNumbered(given.scope, 3, () => by('jdoe', { message: 'jdoe did it' }))
  await given.run()
  const [message] = people.told
  expect(message?.body).not.toContain('jdoe')
  expect(message?.digest.alarms).toMatchObject([{ group: expect.stringMatching(/^hmac:/), events: 3 }])
})

test('an erasure before a message is taken leaves nothing of whose events they were', async () => {
  const people = usePeople(AT_ONCE)
  people.answer(() => FAILED)
  const id = await addChannel(given.scope, THREE)
  await appendNumbered(given.scope, 4, () => by('jdoe'))
  await given.run()
  const seqs = people.told[0]?.digest.alarms?.[0]?.listed.map(({ seq }) => seq) ?? []
  await eraseValues(given.scope, { seqs, pointers: ['/actor'], reasonCode: 'mistake' })
  people.answer(() => DELIVERED)
  await given.makeDue()
  await given.run()
  // What is left of the actor are fewer events than the rule counts.
  expect(people.told).toHaveLength(1)
  const stored = await given.owner()`select row_to_json(w)::text || (
      select coalesce(string_agg(b::text, ''), '') from delivery_batches b where b.destination_id = w.destination_id) as text
    from rule_windows w where destination_id = ${id}`
  expect(stored).toHaveLength(1)
  expect(stored[0]?.text).not.toContain('jdoe')
})

test('a rule that was changed counts anew', async () => {
  const people = usePeople(AT_ONCE)
  const id = await addChannel(given.scope, THREE)
  await appendNumbered(given.scope, 2, () => by('jdoe'))
  await given.run()
  const changed = INPUT_SCHEMAS.channel.update.parse({
    id,
    kind: 'desktop',
    types: ['relay'],
    ...THREE,
    rulePer: 'all',
  })
  await updateDestination(given.scope, changed)
  await appendNumbered(given.scope, 2, () => by('jdoe'))
  await given.run()
  expect(people.told).toEqual([])
  await appendNumbered(given.scope, 1)
  await given.run()
  expect(people.told.map(({ digest }) => summary(digest))).toEqual([[[null, 3]]])
})

test('of more alarms than a message can tell it tells the largest, and all are on record', async () => {
  const people = usePeople(AT_ONCE)
  const id = await addChannel(given.scope, { ...THREE, ruleQuietSeconds: '60' })
  await appendNumbered(given.scope, 3 * 25, (i) => by(`a${i % 25}`))
  await given.run()
  const { digest } = people.told[0] ?? expect.fail('nobody was told')
  expect(people.told).toHaveLength(1)
  expect(digest.alarms).toHaveLength(20)
  expect(digest).toMatchObject({ events: 75, moreAlarms: 5 })
  expect(await alarmsOf(id)).toHaveLength(25)
})

test('a group that filled the number several times is told once in a message, with all its events', async () => {
  const people = usePeople(AT_ONCE)
  const id = await addChannel(given.scope, THREE)
  await appendNumbered(given.scope, 100, (i) => by(i % 5 === 0 ? 'maria' : 'jdoe', { message: `n${i}` }))
  await given.run()
  const { digest } = people.told[0] ?? expect.fail('nobody was told')
  expect(people.told).toHaveLength(1)
  expect(digest).toMatchObject({ events: 78 + 18 })
  expect(digest).not.toHaveProperty('moreAlarms')
  const alarms = digest.alarms ?? []
  expect(alarms.map(({ group, events }) => [group, events])).toEqual([
    ['maria', 18],
    ['jdoe', 78],
  ])
  expect(alarms[1]?.listed.map(({ title }) => title)).toEqual(['n94', 'n96', 'n97'])
  const [first] = await alarmsOf(id)
  expect([await alarmsOf(id), first?.events]).toMatchObject([{ length: 32 }, 3])
})

test('a channel with a schedule tells all that happened in its time together', async () => {
  const people = usePeople()
  await addChannel(given.scope, { ...THREE, everySeconds: '3600' })
  for (let part = 0; part < 3; part++) {
    await appendNumbered(given.scope, 3, () => by(`a${part}`))
    await appendNumbered(given.scope, 10_000, () => ({ type: 'other' }))
  }
  await given.run()
  expect(people.told).toEqual([])
  await given.makeDue()
  await given.run()
  expect(people.told.map(({ digest }) => summary(digest))).toEqual([
    [
      ['a0', 3],
      ['a1', 3],
      ['a2', 3],
    ],
  ])
})

test('each of twenty thousand groups is remembered', { timeout: 60_000 }, async () => {
  const people = usePeople(AT_ONCE)
  const id = await addChannel(given.scope, { ...THREE, ruleCount: '2' })
  for (const part of [0, 1]) await appendNumbered(given.scope, 10_000, (i) => by(`a${part * 10_000 + i}`))
  await given.run()
  expect(people.told).toEqual([])
  expect(await windowsOf(id)).toHaveLength(20_000)
  await appendNumbered(given.scope, 1, () => by('a15000'))
  await given.run()
  expect(people.told.map(({ digest }) => summary(digest))).toEqual([[['a15000', 2]]])
})
