import { once } from 'node:events'
import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import type { EventInput } from '@/lib/event/event-input'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import { fillMatches, type MadeMatch, madeEntity } from '@/lib/ledger/matched/testing/fill-matches'
import { indexTrails } from '@/lib/trail/blocks/index-trails'
import { copyLine, openEventCopy } from '@/lib/trail/testing/copy-events'
import type { TimelineSide } from './activity-view'
import { countActivity } from './count-activity'
import { readTimeline } from './read-timeline'

const db = useTestDatabase()

/** Over two spans of mentions, so that both ways of finding chunks are tried. */
const EVENTS = 70_000
const BEGIN = Date.UTC(2026, 0, 1)
const NOON = BEGIN + 12 * 3_600_000
const ORIGIN = 'token:test'

const walter = madeEntity('identity', 'wardog')
const pedro = madeEntity('identity', 'pgustavo')
const sales = madeEntity('organisation', 'sales')
const busy = madeEntity('account', 'busy')
const rare = madeEntity('account', 'rare')
const group = madeEntity('group', 'Domain Admins')

const isRare = (i: number) => i % 9_973 === 17
const timeAt = (i: number) => BEGIN + (i % 1440) * 60_000

function eventAt(i: number): EventInput {
  const isSignIn = i % 500 === 3
  return {
    type: 'security',
    action: isSignIn ? 'logon' : i % 700 === 9 ? 'invalid sign in' : 'opened',
    ...(isSignIn && { code: i % 1000 === 3 ? 'MS-4624' : 'MS-4634' }),
    level: 'info',
    occurredAt: new Date(timeAt(i)).toISOString(),
    // Who signs in is the target; the actor is the machine.
    actor: {
      login: isSignIn
        ? 'SYSTEM'
        : isRare(i)
          ? 'rare'
          : i % 3 === 0
            ? 'busy'
            : i % 3 === 1
              ? 'other'
              : 'shared',
    },
    targets: [
      ...(isSignIn ? [{ type: 'account', name: 'busy' }] : []),
      ...(i % 100 === 0 ? [{ type: 'group', name: 'Domain Admins' }] : []),
      ...(i % 200 === 0 ? [{ type: 'group', name: 'domain admins' }] : []),
    ],
  }
}

let scope: TenantScope
let other: TenantScope

beforeAll(async () => {
  scope = await newMemberScope()
  other = await newMemberScope()
  const owner = db.owner()
  await tamperWith(db, `delete from events where tenant_id = '${scope.tenantId}'`)
  const sink = await openEventCopy(owner)
  for (let i = 0; i < EVENTS; i++)
    if (!sink.write(copyLine(scope.tenantId, i, eventAt(i), BEGIN + i))) await once(sink, 'drain')
  sink.end()
  await once(sink, 'finish')
  await owner`update trail_heads set next_seq = ${EVENTS} where tenant_id = ${scope.tenantId}`
  const always = { from: null, to: null }
  const means: Record<string, MadeMatch[]> = {
    busy: [{ ...always, entity: busy, identity: walter, organisation: sales }],
    rare: [{ ...always, entity: rare, identity: pedro, organisation: sales }],
    // Of one in the morning, of the other after noon.
    shared: [
      { from: null, to: NOON, entity: walter, identity: walter },
      { from: NOON, to: null, entity: pedro, identity: pedro },
    ],
  }
  await fillMatches(owner, {
    ...{ tenantId: scope.tenantId, origin: ORIGIN, entities: [walter, pedro, sales, busy, rare, group] },
    events: Array.from({ length: EVENTS }, (_, i) => eventAt(i)),
    matchesOf: ({ type, name }) =>
      type === 'group' ? [{ ...always, entity: group }] : (means[name ?? ''] ?? []),
  })
  await owner`analyze`
  await indexTrails({ budgetMs: 60_000 })
}, 60_000)

async function readAll(entity: { id: string }, side: TimelineSide, limit: number): Promise<number[]> {
  const seqs: number[] = []
  for (let cursor: string | undefined; ; ) {
    const { events, next } = await readTimeline(scope, { entity: entity.id, side, limit, cursor })
    seqs.push(...events.map(({ seq }) => seq))
    if (!next) return seqs
    cursor = next
  }
}

const seqsWhere = (test: (event: EventInput, i: number) => boolean): number[] =>
  Array.from({ length: EVENTS }, (_, i) => i)
    .filter((i) => test(eventAt(i), i))
    .reverse()

const login = ({ actor }: EventInput) => actor?.login

test('a timeline has every event of an entity once, newest first, page by page', async () => {
  expect(await readAll(rare, 'actor', 3)).toEqual(seqsWhere((event) => login(event) === 'rare'))
  expect(await readAll(group, 'target', 200)).toEqual(seqsWhere((_, i) => i % 100 === 0))
  const first = await readTimeline(scope, { entity: busy.id, side: 'actor', limit: 50 })
  expect(first.events.map(({ seq }) => seq)).toEqual(
    seqsWhere((event) => login(event) === 'busy').slice(0, 50),
  )
  expect(first.events[0]?.matched.actor).toMatchObject({ key: 'busy', identity: { key: 'wardog' } })
})

test('a person has the events of all accounts, each only while it was theirs', async () => {
  const wanted = seqsWhere(
    (event, i) => login(event) === 'rare' || (login(event) === 'shared' && timeAt(i) >= NOON),
  )
  const { events } = await readTimeline(scope, { entity: pedro.id, side: 'actor', limit: 200 })
  expect(events.map(({ seq }) => seq)).toEqual(wanted.slice(0, 200))
  const activity = await countActivity(scope, { entity: pedro.id })
  expect(activity).toMatchObject({
    asActor: { value: wanted.length, exact: true },
    asTarget: { value: 0, exact: true },
  })
  expect(activity.lastAt).toEqual(new Date(timeAt(wanted[0] as number)))
  expect(activity.references.map(({ name }) => name)).toEqual(['shared', 'rare'])
})

test('sign-ins are found by action and code on either side: Windows names who signs in as the target', async () => {
  expect(await readAll(busy, 'sign-ins', 200)).toEqual(
    seqsWhere((event, i) => i % 500 === 3 || (i % 700 === 9 && login(event) === 'busy')),
  )
})

test('an organisation has the events of its people', async () => {
  const { events } = await readTimeline(scope, { entity: sales.id, side: 'actor', limit: 100 })
  const wanted = seqsWhere((event) => login(event) === 'busy' || login(event) === 'rare')
  expect(events.map(({ seq }) => seq)).toEqual(wanted.slice(0, 100))
})

test('an event with two names of a group counts once', async () => {
  const { asTarget } = await countActivity(scope, { entity: group.id })
  expect(asTarget).toEqual({ value: EVENTS / 100, exact: true })
})

test("another tenant's entity is not found", async () => {
  const refused = { name: 'AppError', code: 'not_found' }
  await expect(readTimeline(other, { entity: busy.id, side: 'actor', limit: 1 })).rejects.toMatchObject(
    refused,
  )
  await expect(countActivity(other, { entity: busy.id })).rejects.toMatchObject(refused)
})
