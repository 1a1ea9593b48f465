import { describe, expect, test } from 'vitest'
import { newMemberScope } from '@/lib/auth/testing/people'
import { getDestination } from '@/lib/forwarding/get'
import { replayEvents } from '@/lib/forwarding/replay-events'
import { answerWith, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { alterHttp } from './testing/alter-http'
import { addChannel, usePeople } from './testing/channels'
import { addDestination, appendNumbered, messagesIn, numbered } from './testing/deliveries'
import { matchNames, matchUpTo } from './testing/match-names'
import { useDeliveries } from './testing/use-deliveries'

const given = useDeliveries()
const CARRYING = { types: ['relay'], carriesMatches: true }

const append = (count: number, login = 'wardog', scope = given.scope) =>
  appendNumbered(scope, count, () => ({ actor: { login } }))
const add = (changes: Record<string, unknown> = {}) =>
  addDestination(given.scope, { url: given.receiver.url, ...CARRYING, ...changes })
const match = (names: Record<string, string | null>, how = {}) =>
  matchNames(given.owner(), given.scope.tenantId, names, how)
const bodies = () => given.receiver.received.map(({ body }) => body)
const keys = () => given.receiver.received.map(({ headers }) => headers['idempotency-key'])

type Sent = { matched?: { actor?: { display: string } } }
/** The names that arrived, in order; null where nothing was found, undefined where nothing was carried. */
const namesIn = (body = '[]') =>
  (JSON.parse(body) as Sent[]).map(({ matched }) => matched && (matched.actor?.display ?? null))
const names = () => bodies().flatMap((body) => namesIn(body))

test('events carry what the ledger knows where the destination wants it, and are the same bytes where not', async () => {
  const other = await startReceiver()
  await add()
  await addDestination(given.scope, { url: other.url, types: ['relay'] })
  await append(2)
  await append(1, 'nobody')
  await match({ wardog: 'Walter Ardog' })
  await given.run()
  expect(names()).toEqual(['Walter Ardog', 'Walter Ardog', null])
  const carried = JSON.parse(bodies()[0] ?? '[]') as Sent[]
  const plain = carried.map(({ matched: _, ...event }) => event)
  expect(other.received.map(({ body }) => body)).toEqual([JSON.stringify(plain)])
  await other.close()
})

test('a workspace without a ledger waits for nothing, and carries that nothing was found', async () => {
  await add()
  await append(2)
  await given.run()
  expect(names()).toEqual([null, null])
})

test('another workspace’s ledger is none of ours', async () => {
  const stranger = await newMemberScope()
  await append(1, 'wardog', stranger)
  await matchNames(given.owner(), stranger.tenantId, { wardog: 'A Stranger' })
  await add()
  await append(1)
  await match({})
  await given.run()
  expect(names()).toEqual([null])
})

describe('what is not matched yet waits', () => {
  test('without a try and without a failure, and goes as soon as it is matched', async () => {
    const id = await add()
    await append(3)
    await matchUpTo(given.owner(), given.scope.tenantId, 0)
    expect(await given.run()).toMatchObject({ streams: 0, failed: 0 })
    expect(given.receiver.received).toEqual([])
    const { stats } = await getDestination(given.scope, id)
    expect(stats).toMatchObject({ failedAttempts: 0, backlog: { events: 3, isUnmatched: true } })
    await match({ wardog: 'Walter Ardog' })
    await append(2)
    await given.run()
    expect(messagesIn(given.receiver.received)).toEqual(numbered(3))
    expect(names()).toEqual(Array(3).fill('Walter Ardog'))
    await match({})
    expect((await getDestination(given.scope, id)).stats.backlog).toMatchObject({
      events: 2,
      isUnmatched: false,
    })
    await given.run()
    expect(names()).toHaveLength(5)
  })

  test('also where it collects until there is enough', async () => {
    alterHttp(() => ({ schedule: { everySeconds: 3_600, flushEvents: 3 } }))
    const id = await add()
    await given.owner()`update delivery_streams set due_at = now() + interval '1 h' where destination_id = ${id}`
    await append(4)
    await matchUpTo(given.owner(), given.scope.tenantId, 2)
    expect(await given.run()).toMatchObject({ streams: 0 })
    await match({ wardog: 'Walter Ardog' })
    await given.run()
    expect(names()).toHaveLength(4)
  })

  test('while those that carry nothing go on', async () => {
    await add({ carriesMatches: false })
    await append(2)
    await matchUpTo(given.owner(), given.scope.tenantId, 0)
    await given.run()
    expect(names()).toEqual([undefined, undefined])
  })

  test('in a replay too, which looks again', async () => {
    const id = await add()
    await append(2)
    await given.run()
    await matchUpTo(given.owner(), given.scope.tenantId, 1)
    given.receiver.received.length = 0
    await replayEvents(given.scope, { id, role: 'forwarding', what: 'since', fromSeq: 0 })
    await sealNow()
    await given.run()
    await match({ wardog: 'Walter Ardog' })
    await given.makeDue()
    await given.run()
    expect(names().filter((name) => name !== null)).not.toEqual([])
    expect(names().slice(-1)).toEqual(['Walter Ardog'])
  })
})

describe('a batch is what it was when it was planned', () => {
  async function planAndFail(): Promise<string> {
    const id = await add()
    await append(2)
    await match({ wardog: 'Walter Ardog' })
    given.receiver.answer(answerWith(503))
    await given.run()
    given.receiver.answer(answerWith(200))
    await given.makeDue()
    return id
  }

  test.each([
    ['was renamed', { wardog: 'Somebody Else' }],
    ['is gone', { wardog: null }],
  ])('though who it was matched with %s since: the same bytes under the same key', async (_, since) => {
    await planAndFail()
    await match(since)
    await append(1)
    await match({})
    await given.run()
    const [first, second] = bodies()
    expect(second).toBe(first)
    expect(keys()[1]).toBe(keys()[0])
    expect(names().slice(2)).toEqual(['Walter Ardog', 'Walter Ardog', since.wardog])
  })

  test('but a name that had to be forgotten is sent no more: it is planned anew under another key', async () => {
    const id = await planAndFail()
    await match({ wardog: null }, { forgets: true })
    await given.run()
    expect(names()).toEqual(['Walter Ardog', 'Walter Ardog', null, null])
    expect(keys()[1]).not.toBe(keys()[0])
    expect((await given.rows('delivery_batches', id)).map(({ state }) => state).sort()).toEqual([
      'done',
      'replaced',
    ])
  })

  test('unless a person wants no names any more: then the open batch goes without', async () => {
    const id = await planAndFail()
    await given.edit(id, { ...CARRYING, carriesMatches: false })
    await given.run()
    expect(names()).toEqual(['Walter Ardog', 'Walter Ardog', undefined, undefined])
    expect(keys()[1]).not.toBe(keys()[0])
  })

  test('and one that was planned without them goes with them once a person wants them', async () => {
    const id = await add({ carriesMatches: false })
    await append(1)
    await match({ wardog: 'Walter Ardog' })
    given.receiver.answer(answerWith(503))
    await given.run()
    given.receiver.answer(answerWith(200))
    await given.edit(id, CARRYING)
    await match({})
    await given.run()
    expect(names()).toEqual([undefined, 'Walter Ardog'])
  })
})

test('what is sent again carries the names of today', async () => {
  const id = await add()
  await append(1)
  await match({ wardog: 'Walter Ardog' })
  await given.run()
  await match({ wardog: 'Walter Ardog-Miller' })
  await replayEvents(given.scope, { id, role: 'forwarding', what: 'since', fromSeq: 0 })
  await match({})
  await given.run()
  expect(names()).toEqual(['Walter Ardog', 'Walter Ardog-Miller'])
})

test('masking hides whoever it hides from the matches as well', async () => {
  await add({ masking: ['hash:actor.login'] })
  await append(1)
  await match({ wardog: 'Walter Ardog' })
  await given.run()
  expect(names()).toEqual([null])
  expect(bodies()[0]).not.toMatch(/wardog|Ardog/)
})

describe('people who are told', () => {
  const AT_ONCE = { pace: { burst: 1_000, refillSeconds: 1, gapSeconds: 0 } }

  test('read the name of the ledger, and behind it what the event says; a further try says the same', async () => {
    const people = usePeople(AT_ONCE)
    await addChannel(given.scope, { carriesMatches: true })
    await append(1)
    await match({ wardog: 'Walter Ardog' })
    people.answer(() => ({ verdict: 'failed', message: 'Nobody listens.', ms: 0 }))
    await given.run()
    await match({ wardog: 'Somebody Else' })
    people.answer(() => ({ verdict: 'delivered', message: 'Told.', ms: 0 }))
    await given.makeDue()
    await given.run()
    expect(people.told.map(({ digest }) => digest.listed.map(({ actor }) => actor))).toEqual([
      ['Walter Ardog (wardog)'],
      ['Walter Ardog (wardog)'],
    ])
    expect(people.told[1]?.idempotencyKey).toBe(people.told[0]?.idempotencyKey)
  })

  test('are told of alarms by that name, though they are counted by what events say', async () => {
    const people = usePeople(AT_ONCE)
    const rule = { threshold: 'true', ruleCount: '2', ruleWithinSeconds: '60', ruleQuietSeconds: '0' }
    await addChannel(given.scope, { ...rule, carriesMatches: true })
    await append(2)
    await match({ wardog: 'Walter Ardog' })
    await given.run()
    expect(people.told.map(({ digest }) => digest.alarms?.map(({ group }) => group))).toEqual([
      ['Walter Ardog (wardog)'],
    ])
  })

  test('who want no names are told what the event says', async () => {
    const people = usePeople(AT_ONCE)
    await addChannel(given.scope)
    await append(1)
    await match({ wardog: 'Walter Ardog' })
    await given.run()
    expect(people.told[0]?.digest.listed[0]?.actor).toBe('wardog')
  })
})
