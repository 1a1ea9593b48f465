import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { matchTenant } from './match-tenant'
import { matchTrails } from './match-trails'
import { getMatchingStatus } from './matching-status'
import { appendEvents } from './testing/append-events'
import { expectExact } from './testing/expect-exact'
import { putAccount, putEntity, putPolicy, startMatching, wantRematch } from './testing/small-ledger'

const database = useTestDatabase()
const BUDGET = { budgetMs: 60_000 }
let scope: TenantScope

beforeEach(async () => {
  scope = await newMemberScope()
})

const owner = () => database.owner()

/** What is in force of a login: what it shows, and since when. */
const matchesOf = (login: string, tenantId = scope.tenantId) => owner()<
  { id: number; display: string; since: number; from: Date | null; to: Date | null }[]
>`
  select m.id::int as id, m.shown->>'display' as display, m.since::int as since, m.valid_from as "from", m.valid_to as "to"
  from ledger_matches m join ledger_references r on r.tenant_id = m.tenant_id and r.id = m.reference_id
  where m.tenant_id = ${tenantId} and r.name = ${login} and m.until is null order by m.valid_from nulls first, m.id`

test('events that were there and events that come are matched once each, and counted where they are', async () => {
  const { tenantId } = scope
  await putAccount(owner(), tenantId, { login: 'pgustavo', person: 'Pedro Gustavo' })
  await appendEvents(
    scope,
    Array.from({ length: 1300 }, (_, i) => ({
      login: i % 3 === 0 ? 'pgustavo' : `user${i % 40}`,
      targets: [{ type: 'group', name: `g${i % 7}` }, ...(i % 5 === 0 ? [{ name: 'x' }, { name: 'x' }] : [])],
    })),
  )
  expect(await matchTrails(BUDGET)).toEqual({ events: 0, references: 0, changed: 0 })
  await startMatching(owner(), tenantId)
  const first = await matchTrails(BUDGET)
  expect(first.events).toBeGreaterThanOrEqual(1300)
  await expectExact(owner(), scope)
  expect(await matchesOf('pgustavo')).toMatchObject([{ display: 'Pedro Gustavo', from: null, to: null }])
  await appendEvents(scope, [{ login: 'pgustavo' }, { login: 'somebody new' }, {}])
  expect(await matchTrails(BUDGET)).toMatchObject({ events: 3, references: 1 })
  await expectExact(owner(), scope)
  const status = await getMatchingStatus(scope)
  expect(status).toMatchObject({ isActive: true, isBehind: false, rematch: null, references: { matched: 1 } })
  expect(status.matchedTo).toBe(status.head)
})

test('removing an account and matching again undoes exactly its matches, and its name goes from what was shown', async () => {
  const { tenantId } = scope
  const { account, identity } = await putAccount(owner(), tenantId, {
    login: 'wardog',
    person: 'Walter Ardog',
  })
  await putAccount(owner(), tenantId, { login: 'pgustavo', person: 'Pedro Gustavo' })
  await startMatching(owner(), tenantId)
  await appendEvents(scope, [{ login: 'wardog' }, { login: 'pgustavo' }, { login: 'wardog' }])
  await matchTrails(BUDGET)
  const kept = await matchesOf('pgustavo')
  expect(await matchesOf('wardog')).toHaveLength(1)
  await owner()`delete from ledger_entities where id in (${account}, ${identity})`
  await wantRematch(owner(), tenantId, 'an account was removed')
  expect(await matchTrails(BUDGET)).toMatchObject({ changed: 1 })
  expect(await matchesOf('wardog')).toEqual([])
  expect(await matchesOf('pgustavo')).toEqual(kept)
  const [told] =
    await owner()`select body from events where tenant_id = ${tenantId} and code = 'MATCHING_REPEATED'`
  expect(JSON.parse(told?.body).data).toMatchObject({ reason: 'an account was removed', changed: 1 })
  const left =
    await owner()`select shown::text from ledger_matches where tenant_id = ${tenantId} and shown is not null`
  expect(JSON.stringify(left)).not.toContain('Walter')
  await putAccount(owner(), tenantId, { login: 'wardog', person: 'Walter Ardog' })
  await wantRematch(owner(), tenantId)
  await matchTrails(BUDGET)
  expect(await matchesOf('wardog')).toMatchObject([{ display: 'Walter Ardog' }])
  await expectExact(owner(), scope)
})

test('a match holds for the time of its record, and the next owner of the login has the rest', async () => {
  const { tenantId } = scope
  await putAccount(owner(), tenantId, { login: 'admin', person: 'Anna', validTo: '2025-06-01T00:00:00Z' })
  await putAccount(owner(), tenantId, { login: 'ADMIN', person: 'Bert', validFrom: '2025-06-01T00:00:00Z' })
  await startMatching(owner(), tenantId)
  await appendEvents(scope, [{ login: 'admin', at: '2025-05-31T23:59:59Z' }, { login: 'admin' }])
  await matchTrails(BUDGET)
  const change = new Date('2025-06-01T00:00:00Z')
  expect(await matchesOf('admin')).toMatchObject([
    { display: 'Anna', from: null, to: change },
    { display: 'Bert', from: change, to: null },
  ])
  await expectExact(owner(), scope)
})

test('another policy, for all or for one source, changes what is matched, and none undoes it', async () => {
  const { tenantId } = scope
  await putAccount(owner(), tenantId, { login: 'eva', person: 'Eva' })
  await putEntity(owner(), tenantId, { type: 'group', key: 'Admins' })
  await startMatching(owner(), tenantId)
  const group = [{ type: 'group', name: 'admins' }]
  await appendEvents(scope, [
    { login: 'eva', targets: group },
    { login: 'eva', targets: group, origin: 'silo:windows' },
  ])
  await matchTrails(BUDGET)
  expect((await matchesOf('eva')).map(({ display }) => display)).toEqual(['Eva', 'Eva'])
  const other = await putPolicy(owner(), tenantId, { display: 'known as {login}', isDefault: false })
  await owner()`insert into matching_sources (tenant_id, origin, policy_id) values (${tenantId}, 'silo:windows', ${other})`
  await wantRematch(owner(), tenantId)
  expect(await matchTrails(BUDGET)).toMatchObject({ changed: 2 })
  expect((await matchesOf('eva')).map(({ display }) => display).sort()).toEqual(['Eva', 'known as eva'])
  await owner()`update matching_sources set policy_id = null where tenant_id = ${tenantId}`
  await wantRematch(owner(), tenantId)
  await matchTrails(BUDGET)
  expect(await matchesOf('eva')).toHaveLength(1)
  expect((await getMatchingStatus(scope)).references.off).toBe(2)
  await expectExact(owner(), scope)
})

test('what a reader saw before a change can be read exactly as it was', async () => {
  const { tenantId } = scope
  await startMatching(owner(), tenantId)
  await appendEvents(scope, [{ login: 'late' }, { login: 'early' }])
  await putAccount(owner(), tenantId, { login: 'early', person: 'Early' })
  await matchTrails(BUDGET)
  const [before] = await owner()`select generation from matching_state where tenant_id = ${tenantId}`
  await putAccount(owner(), tenantId, { login: 'late', person: 'Late' })
  await owner()`update ledger_records set display_name = 'Earlier' where tenant_id = ${tenantId} and display_name = 'Early'`
  await wantRematch(owner(), tenantId)
  await matchTrails(BUDGET)
  const at = (generation: number) => owner()`
    select shown->>'display' as display from ledger_matches where tenant_id = ${tenantId}
      and since <= ${generation} and (until is null or until > ${generation}) order by 1`
  expect((await at(Number(before?.generation))).map(({ display }) => display)).toEqual(['Early'])
  expect((await at(Number(before?.generation) + 1)).map(({ display }) => display)).toEqual([
    'Earlier',
    'Late',
  ])
})

test('another tenant with the same names has its own ledger, and one without a ledger is left alone', async () => {
  const other = await newMemberScope()
  const none = await newMemberScope()
  for (const [one, person] of [
    [scope, 'Mine'],
    [other, 'Theirs'],
  ] as const) {
    await putAccount(owner(), one.tenantId, { login: 'same', person })
    await startMatching(owner(), one.tenantId)
  }
  for (const one of [scope, other, none]) await appendEvents(one, [{ login: 'same' }])
  await matchTrails(BUDGET)
  expect((await matchesOf('same')).map(({ display }) => display)).toEqual(['Mine'])
  expect((await matchesOf('same', other.tenantId)).map(({ display }) => display)).toEqual(['Theirs'])
  expect(await matchTenant(none, BUDGET)).toEqual({ events: 0, references: 0, changed: 0 })
  expect(await owner()`select 1 from ledger_references where tenant_id = ${none.tenantId}`).toHaveLength(0)
  expect(await getMatchingStatus(none)).toMatchObject({ isActive: false, rematch: null })
})
