import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import type { EventInput } from '@/lib/event/event-input'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import { fillMatches, type MadeEntity, type MadeMatch } from '@/lib/ledger/matched/testing/fill-matches'
import { CHUNK_EVENTS, encodeMentions } from '@/lib/ledger/mentions/layout'
import { indexTrails } from './blocks/index-trails'
import { BLOCK_EVENTS } from './blocks/layout'
import { readEntityFacets } from './entity-facets'
import { exportEvents } from './export/export-events'
import { exportSchema } from './export/input'
import { hasEntityChoice, type TrailFilter } from './filter'
import { filterConditions } from './filter-conditions'
import { readFilterEntities } from './filter-entities'
import { parseFilter } from './filter-url'
import { followTrail } from './follow'
import { listEvents } from './list'
import { matchTrail } from './match-trail'
import { countEvents, readHistogram } from './overview'
import { copyLine, openEventCopy } from './testing/copy-events'
import { BEGIN, ENTITIES, eventAt, HOUR, matchesOf, ORIGIN, organisations } from './testing/made-world'

const db = useTestDatabase()

/** Two blocks, and a tail beyond them of which the last are not matched. */
const EVENTS = BLOCK_EVENTS * 2 + 1_300
const MATCHED = EVENTS - 200
let scope: TenantScope
let other: TenantScope

beforeAll(async () => {
  scope = await newMemberScope()
  other = await newMemberScope()
  const owner = db.owner()
  for (const { tenantId } of [scope, other]) {
    const count = tenantId === scope.tenantId ? EVENTS : 1_000
    await tamperWith(db, `delete from events where tenant_id = '${tenantId}'`)
    const sink = await openEventCopy(owner)
    for (let i = 0; i < count; i++)
      if (!sink.write(copyLine(tenantId, i, eventAt(i), BEGIN + i))) await once(sink, 'drain')
    sink.end()
    await once(sink, 'finish')
    await owner`update trail_heads set next_seq = ${count} where tenant_id = ${tenantId}`
  }
  const events = Array.from({ length: MATCHED }, (_, i) => eventAt(i))
  await fillMatches(owner, {
    tenantId: scope.tenantId,
    origin: ORIGIN,
    entities: ENTITIES,
    events,
    matchesOf,
  })
  // The same names, and another ledger: there only the first person has anything.
  const others = ENTITIES.map((entity) => ({ ...entity, id: crypto.randomUUID() }))
  const only: MadeMatch = {
    from: null,
    to: null,
    entity: others[0] as MadeEntity,
    identity: others[0] as MadeEntity,
  }
  await fillMatches(owner, {
    ...{ tenantId: other.tenantId, origin: ORIGIN, entities: others, events: events.slice(0, 1_000) },
    matchesOf: ({ role, name }) => (role === 'actor' && name === 'user1' ? [only] : []),
  })
  await owner`analyze`
}, 60_000)

/** Organisations above one at a time, itself too. */
function chainOf(organisation: MadeEntity, time: number, seen = new Set<string>()): Set<string> {
  if (seen.has(organisation.id)) return seen
  seen.add(organisation.id)
  for (const { key, from, to } of organisation.above ?? []) {
    const above = organisations.find((one) => one.key === key.toLowerCase())
    if (above && (from === null || time >= from) && (to === null || time < to)) chainOf(above, time, seen)
  }
  return seen
}

/** All entities that an event's actor or targets stand for. */
function meantBy(event: EventInput, side: 'actor' | 'target'): Set<string> {
  const time = Date.parse(event.occurredAt as string)
  const names =
    side === 'actor'
      ? event.actor?.login === undefined
        ? []
        : [{ role: 'actor' as const, type: null, name: event.actor.login }]
      : (event.targets ?? []).map(({ type, name }) => ({
          role: 'target' as const,
          type: type ?? null,
          name: name ?? null,
        }))
  const meant = new Set<string>()
  for (const name of names)
    for (const match of matchesOf({ origin: ORIGIN, parent: null, identity: null, refId: null, ...name })) {
      const holds = (match.from === null || time >= match.from) && (match.to === null || time < match.to)
      if (match.isOld || !holds) continue
      for (const one of [match.entity, match.identity]) if (one) meant.add(one.id)
      if (match.organisation) for (const id of chainOf(match.organisation, time)) meant.add(id)
    }
  return meant
}

const idOf = (value: string) =>
  ENTITIES.find(({ type, key }) => `${type}:${key}`.toLowerCase() === value.toLowerCase())?.id ?? 'nobody'

/** What a filter means, event by event. */
function passes(filter: TrailFilter, event: EventInput): boolean {
  for (const [side, choice] of [
    ['actor', filter.actorEntity],
    ['target', filter.targetEntity],
  ] as const) {
    if (!choice) continue
    const meant = meantBy(event, side)
    if (choice.include.length > 0 && !choice.include.some((value) => meant.has(idOf(value)))) return false
    if (choice.exclude.some((value) => meant.has(idOf(value)))) return false
  }
  if (filter.type && !filter.type.include.includes(event.type)) return false
  if (filter.level && !filter.level.include.includes(event.level as 'info')) return false
  const time = Date.parse(event.occurredAt as string)
  return !(filter.from && time < Date.parse(filter.from)) && !(filter.to && time >= Date.parse(filter.to))
}

function truthOf(filter: TrailFilter): number[] {
  const seqs: number[] = []
  const end = hasEntityChoice(filter) ? MATCHED : EVENTS
  for (let i = 0; i < end; i++) if (passes(filter, eventAt(i))) seqs.push(i)
  return seqs
}

async function readAllPages(filter: TrailFilter, order: 'asc' | 'desc', limit = 1_000): Promise<number[]> {
  const seqs: number[] = []
  for (let cursor: string | undefined; ; ) {
    const { events, next } = await listEvents(scope, filter, { order, limit, cursor })
    seqs.push(...events.map(({ seq }) => seq))
    if (!next) return seqs
    cursor = next
  }
}

async function expectSame(filter: TrailFilter): Promise<void> {
  const truth = truthOf(filter)
  expect(await readAllPages(filter, 'asc')).toEqual(truth)
  expect(await readAllPages(filter, 'desc')).toEqual(truth.toReversed())
  expect(await countEvents(scope, filter)).toEqual({ value: truth.length, exact: true })
}

const FILTERS = [
  'actorEntity=identity:person1',
  'actorEntity=!identity:person1',
  'actorEntity=identity:person3',
  'actorEntity=organisation:all',
  'actorEntity=organisation:sales',
  'actorEntity=organisation:loop1',
  'actorEntity=organisation:all&actorEntity=!organisation:east',
  'actorEntity=account:corp\\user17',
  'targetEntity=group:CORP\\group4',
  'targetEntity=!group:CORP\\group4',
  'targetEntity=identity:person3&type=type3',
  'targetEntity=group:CORP\\group4&actorEntity=!identity:person0&level=warning',
  'actorEntity=identity:nobody',
  'actorEntity=!identity:nobody&type=type1',
  'actorEntity=identity:person4&from=2026-01-01T06:30:00Z&to=2026-01-01T18:00:00Z',
]

const anyFilter = (): fc.Arbitrary<TrailFilter> => {
  const value = fc.constantFrom(...ENTITIES.map(({ type, key }) => `${type}:${key}`), 'identity:nobody')
  const values = fc.uniqueArray(value, { maxLength: 3 })
  const choice = fc.record({ include: values, exclude: values })
  return fc.record(
    {
      actorEntity: choice,
      targetEntity: choice,
      type: fc.constantFrom('type1', 'type4').map((type) => ({ include: [type], exclude: [] })),
      from: fc.integer({ min: 0, max: 23 }).map((hour) => new Date(BEGIN + hour * HOUR).toISOString()),
    },
    { requiredKeys: ['actorEntity'] },
  )
}

const fuzz = (numRuns: number) =>
  fc.assert(
    fc.asyncProperty(anyFilter(), async (filter) => {
      const truth = truthOf(filter)
      expect(await readAllPages(filter, 'desc')).toEqual(truth.toReversed())
      expect(await countEvents(scope, filter)).toEqual({ value: truth.length, exact: true })
    }),
    { numRuns },
  )

const toFilter = (query: string) => parseFilter(new URLSearchParams(query))

test.each(FILTERS)('%j passes what the ledger says, before anything is indexed', async (query) => {
  await expectSame(toFilter(query))
})

test('the same with a block index, any combination of entities, and a gap in it', async () => {
  await indexTrails({ budgetMs: 60_000 })
  for (const query of FILTERS) await expectSame(toFilter(query))
  await fuzz(12)
  await db.owner()`delete from trail_blocks where tenant_id = ${scope.tenantId} and first_seq = ${BLOCK_EVENTS}`
  for (const query of FILTERS) await expectSame(toFilter(query))
  await fuzz(6)
  await indexTrails({ budgetMs: 60_000 })
}, 240_000)

test('small pages follow one another in both directions, and a poller never runs ahead of what is matched', async () => {
  const filter = toFilter('actorEntity=identity:person3&type=type2')
  const truth = truthOf(filter)
  expect(truth.length).toBeGreaterThan(50)
  expect(await readAllPages(filter, 'asc', 37)).toEqual(truth)
  expect(await readAllPages(filter, 'desc', 37)).toEqual(truth.toReversed())
  const last = truth.at(-1) as number
  expect(await listEvents(scope, filter, { after: last })).toMatchObject({ events: [], next: null })
})

test('an export and the histogram have the same events, and the export ends where the matches do', async () => {
  const filter = toFilter('actorEntity=organisation:sales&targetEntity=!identity:person0')
  const truth = truthOf(filter)
  const file = await exportEvents(scope, filter, exportSchema.parse({ matched: 'true' }))
  const lines = (await new Response(file.body).text()).trimEnd().split('\n')
  const events = lines.map((line) => JSON.parse(line))
  expect(events.map(({ seq }) => seq)).toEqual(truth)
  expect(file.throughSeq).toBe(MATCHED - 1)
  for (const { matched } of events) expect(matched.actor.organisation.type).toBe('organisation')
  const csv = await exportEvents(scope, filter, exportSchema.parse({ matched: 'true', format: 'csv' }))
  const [head, first] = (await new Response(csv.body).text()).split('\r\n')
  expect(head).toMatch(
    /,matched_actor,matched_actor_person,matched_actor_organisation,matched_target,matched_target2$/,
  )
  expect(first).toContain(events[0].matched.actor.display)
  const { bars } = await readHistogram(scope, filter)
  const counted = bars.flatMap(({ levels }) => Object.values(levels)).reduce((sum, count) => sum + count, 0)
  expect(counted).toBe(truth.length)
})

test('people and organisations are counted as they were at the time, under the whole filter but their own', async () => {
  const filter = toFilter('type=type2&actorEntity=identity:person1')
  const counts = new Map<string, number>()
  const matchedSeqs = truthOf(toFilter('type=type2')).filter((seq) => seq < MATCHED)
  for (const seq of matchedSeqs)
    for (const match of matchesAt(eventAt(seq))) {
      const time = Date.parse(eventAt(seq).occurredAt as string)
      const chain = match.organisation ? chainOf(match.organisation, time) : []
      const keys = organisations.filter(({ id }) => new Set(chain).has(id)).map(({ key }) => key)
      for (const key of [...(match.identity ? [match.identity.key] : []), ...keys])
        counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  const { person, organisation, exact } = await readEntityFacets(scope, filter, { values: 50 })
  expect(exact).toBe(true)
  const found = [...person, ...organisation].map(({ entity, count }) => [entity.key, count] as const)
  expect(new Map(found)).toEqual(counts)
  expect(person.map(({ count }) => count)).toEqual(person.map(({ count }) => count).sort((a, b) => b - a))
  expect(person[0]?.entity.display).toMatch(/^The Person/)
})

/** The matches of an event's actor that hold for it. */
function matchesAt(event: EventInput): MadeMatch[] {
  const time = Date.parse(event.occurredAt as string)
  const name = event.actor?.login
  if (name === undefined) return []
  return matchesOf({
    origin: ORIGIN,
    role: 'actor',
    type: null,
    parent: null,
    identity: null,
    refId: null,
    name,
  }).filter(({ from, to, isOld }) => !isOld && (from === null || time >= from) && (to === null || time < to))
}

test('another tenant with the same names has its own matches only', async () => {
  expect(await countEvents(other, toFilter('actorEntity=organisation:all'))).toEqual({
    value: 0,
    exact: true,
  })
  const { value } = await countEvents(other, toFilter('actorEntity=identity:person0'))
  const named = Array.from({ length: 1_000 }, (_, i) => eventAt(i)).filter(
    ({ actor }) => actor?.login === 'user1',
  )
  expect(value).toBe(named.length)
  expect((await readEntityFacets(other, {})).person).toMatchObject([
    { entity: { key: 'Person0' }, count: value },
  ])
})

test('where nobody uses the ledger, nothing passes by an entity and everything passes without', async () => {
  const plain = await newMemberScope()
  expect(await countEvents(plain, toFilter('actorEntity=identity:person0'))).toEqual({
    value: 0,
    exact: true,
  })
  const all = await countEvents(plain, {})
  expect(await countEvents(plain, toFilter('actorEntity=!identity:person0'))).toEqual(all)
})

test('values name entities whatever their case, and those that the ledger has not are said', async () => {
  const found = await readFilterEntities(
    scope,
    toFilter('actorEntity=identity:PERSON1&targetEntity=!group:none'),
  )
  expect(found.get('identity:PERSON1')).toMatchObject({ key: 'Person1', display: 'The Person1' })
  expect(found.get('group:none')).toBeNull()
})

test('a filter by entities that nobody resolved is an error, not an empty condition', async () => {
  expect(() => filterConditions(toFilter('actorEntity=identity:person0'))).toThrow(/resolved/)
  expect(() => toFilter('actorEntity=person0')).toThrow(/type and the key/)
  const matched = await inTenantSnapshot(scope, (tx) =>
    matchTrail(tx, scope.tenantId, toFilter('actorEntity=identity:person0'), Date.now()),
  )
  expect(matched.exact).toBe(true)
})

test('who follows waits for what is not matched yet, and then gets it', async () => {
  const stop = new AbortController()
  const batches = await followTrail(scope, toFilter('actorEntity=identity:person0'), MATCHED - 1, stop.signal)
  expect((await batches.next()).value).toEqual({ events: [], position: MATCHED - 1 })
  const next = batches.next()
  // The trail has 200 events more, and the follower has had more than a second to run ahead.
  await sleep(1_500)
  const owner = db.owner()
  const { tenantId } = scope
  const [user] = await owner`select id from ledger_references
    where tenant_id = ${tenantId} and role = 'actor' and name = 'user0'`
  const seq = Array.from({ length: EVENTS }, (_, i) => i).find(
    (i) => i >= MATCHED && eventAt(i).actor?.login === 'user0',
  ) as number
  const chunk = Math.floor(seq / CHUNK_EVENTS)
  const mention = encodeMentions([{ place: seq % CHUNK_EVENTS, reference: user?.id }])
  await owner.begin(async (tx) => {
    await tx`insert into ledger_mentions values (${tenantId}, ${chunk}, ${mention}, '') on conflict (tenant_id, chunk)
      do update set actors = ledger_mentions.actors || excluded.actors`
    await tx`update matching_state set next_seq = ${seq + 1} where tenant_id = ${tenantId}`
  })
  const { events, position } = (await next).value ?? {}
  expect(events?.map((event: { seq: number }) => event.seq)).toEqual([seq])
  expect(position).toBe(seq)
  stop.abort()
})
