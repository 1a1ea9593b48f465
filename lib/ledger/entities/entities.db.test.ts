import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { importLedger } from '@/lib/ledger/imports/import-ledger'
import { findEntity } from './find'
import { getEntity } from './get'
import type { ListEntities } from './input'
import { listEntities } from './list'
import { removeEntity } from './remove'
import { saveEntity } from './save'

const database = useTestDatabase()
let scope: TenantScope
beforeEach(async () => {
  scope = await newMemberScope()
})

const SID = 'S-1-5-21-4020993649-1037605423-417876593-500'

const load = (type: 'account' | 'identity' | 'group' | 'organisation', content: string) =>
  importLedger(scope, { type, mode: 'delta', content })

const keys = async (request: Partial<ListEntities>) =>
  (await listEntities(scope, { limit: 50, ...request })).entities.map(({ key }) => key)

const ownEvents = async (code: string) => {
  const rows = await database.owner()`
    select body from events where tenant_id = ${scope.tenantId} and code = ${code} order by seq`
  return rows.map(({ body }) => JSON.parse(body))
}

const valuesOf = async (id: string) => {
  const rows = await database.owner()`
    select v.name, v.fold from ledger_values v join ledger_records r on r.id = v.record_id
    where r.entity_id = ${id} order by v.name, v.fold`
  return rows.map(({ name, fold }) => `${name}=${fold}`)
}

test('an entity is found by the beginnings of words of its names, its login, SID and address, all of which it has', async () => {
  await load(
    'identity',
    'key;display_name;email\nHR-7;Walter van Ardog;walter.ardog@theshire.example\nHR-8;Walda Müller;w@x.example',
  )
  await load('account', `login;repository;sid;identity\nwardog;THESHIRE;${SID};HR-7\nw2;CORP;;HR-8`)
  const found: [string, string[]][] = [
    ['wal', ['HR-7', 'HR-8']],
    ['ardog wal', ['HR-7']],
    ['van', ['HR-7']],
    ['MÜLL', ['HR-8']],
    ['walter.ardog@theshire.example', ['HR-7']],
    ['ward', ['THESHIRE\\wardog']],
    ['theshire\\war', ['THESHIRE\\wardog']],
    [SID.toLowerCase(), ['THESHIRE\\wardog']],
    ['hr-8', ['HR-8']],
    ['theshire', ['THESHIRE\\wardog', 'HR-7']],
    ['alter', []],
    ['wal nobody', []],
    ['@', []],
    ['%', []],
    ['_', []],
  ]
  for (const [q, expected] of found) expect([q, await keys({ q })]).toEqual([q, expected])
  expect(await keys({ q: 'w', type: 'account' })).toEqual(['CORP\\w2', 'THESHIRE\\wardog'])
})

test('lists go on by type and key, without a gap and without a double', async () => {
  await load('identity', `key\n${Array.from({ length: 7 }, (_, i) => `p${i}`).join('\n')}`)
  await load('account', 'login\nz\nA\nb')
  const seen: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await listEntities(scope, { limit: 4, after })
    seen.push(...page.entities.map(({ key }) => key))
    if (!page.next) break
    after = page.next
  }
  expect(seen).toEqual(['A', 'b', 'z', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6'])
  expect(await keys({ type: 'identity', limit: 2 })).toEqual(['p0', 'p1'])
  await expect(listEntities(scope, { limit: 4, after: 'nonsense' })).rejects.toMatchObject({
    code: 'invalid',
  })
})

test('SIDs and addresses are also found in their plain form, however they are written', async () => {
  const { id } = await saveEntity(scope, {
    type: 'account',
    attributes: { login: 'x', sid: '%{S-1-5-18}', email: 'Ann <Ann@X.example>' },
  })
  expect(await valuesOf(id)).toEqual(
    expect.arrayContaining([
      'sid=%{s-1-5-18}',
      'sid=s-1-5-18',
      'email=ann <ann@x.example>',
      'email=ann@x.example',
    ]),
  )
})

test('an entity shows what it links to, and what links to it by its record of now or at last', async () => {
  await load('organisation', 'key;display_name;parent\nall;All;\nsales;Sales;all')
  await load('identity', 'key;display_name;organisation;manager\nann;Ann;sales;\nbob;Bob;SALES;ann')
  await load('group', 'name;owner\nadmins;ann')
  await load(
    'account',
    'login;repository;identity;groups;valid_from;valid_to\na1;CORP;ann;admins|nobody;;2020-01-01\na1;CORP;bob;;2020-01-01;\na2;CORP;ann;admins;;2021-01-01',
  )
  const entity = async (type: 'identity' | 'group' | 'organisation' | 'account', key: string) =>
    getEntity(scope, { id: (await findEntity(scope, { type, key }))?.id ?? '' })
  const ann = await entity('identity', 'ANN')
  expect(
    ann.linkedFrom.map(({ type, link, entities }) => [type, link, entities.map(({ key }) => key)]),
  ).toEqual([
    ['identity', 'manager', ['bob']],
    ['account', 'identity', ['CORP\\a2']],
    ['group', 'owner', ['admins']],
  ])
  expect(ann.linkedFrom[1]?.entities[0]).toMatchObject({ isCurrent: false, note: 'CORP · Ann' })
  expect((await entity('organisation', 'sales')).linkedFrom).toMatchObject([
    { type: 'identity', link: 'organisation', total: 2 },
  ])
  expect((await entity('account', 'CORP\\a1')).records).toMatchObject([
    {
      links: [
        { name: 'groups', key: 'admins', entity: {} },
        { name: 'groups', key: 'nobody', entity: null },
        { name: 'identity', entity: { displayName: 'Ann' } },
        { name: 'repository', entity: null },
      ],
    },
    { links: [{ name: 'identity', entity: { displayName: 'Bob' } }, { name: 'repository' }] },
  ])
  expect(await keys({ link: { name: 'identity', key: 'Ann' } })).toEqual(['CORP\\a2'])
  expect(await keys({ link: { name: 'identity', key: 'bob' }, type: 'group' })).toEqual([])
  await expect(keys({ link: { name: 'boss', key: 'bob' } })).rejects.toMatchObject({ code: 'invalid' })
})

test('an entity is added, corrected, changed from a day on, renamed and ended by hand', async () => {
  const added = await saveEntity(scope, {
    type: 'account',
    attributes: { Login: ' ann ', 'HR Code': '7' },
    links: { repository: 'CORP', groups: ['b', 'a', 'B'] },
  })
  expect(added).toMatchObject({
    key: 'CORP\\ann',
    displayName: 'ann',
    current: { attributes: { login: 'ann', hr_code: '7' } },
  })
  const base = { type: 'account', key: 'corp\\ann', links: { repository: 'CORP' } } as const
  const corrected = await saveEntity(scope, { ...base, attributes: { login: 'ann', hr_code: '8' } })
  expect(corrected).toMatchObject({
    id: added.id,
    key: 'corp\\ann',
    records: [{ attributes: { hr_code: '8' } }],
  })
  const later = await saveEntity(scope, { ...base, attributes: { login: 'ann' }, validFrom: '2026-03-01' })
  expect(later.records).toMatchObject([
    { validFrom: null, validTo: new Date('2026-03-01'), attributes: { hr_code: '8' } },
    { validFrom: new Date('2026-03-01'), validTo: null },
  ])
  const renamed = await saveEntity(scope, {
    ...base,
    id: added.id,
    key: 'CORP\\bob',
    attributes: { login: 'bob' },
    validTo: '2030-01-01',
  })
  expect(renamed).toMatchObject({
    id: added.id,
    key: 'CORP\\bob',
    records: [{}, { validTo: new Date('2030-01-01') }],
  })
  expect(await findEntity(scope, { type: 'account', key: 'corp\\ann' })).toBeNull()
  const whole = {
    type: 'account' as const,
    key: 'CORP\\bob',
    records: [{ attributes: { login: 'bob' }, links: { repository: 'CORP' } }],
  } satisfies Parameters<typeof saveEntity>[1]
  const all = await saveEntity(scope, whole)
  expect(all).toMatchObject({ id: added.id, records: [{ validFrom: null, validTo: null }] })
  const events = await ownEvents('LEDGER_ENTITY_SAVED')
  expect(events).toHaveLength(5)
  expect(events[1]).toMatchObject({
    targets: [{ type: 'account', name: 'corp\\ann', id: added.id }],
    data: { isNew: false, fields: expect.arrayContaining(['hr_code', 'groups']) },
  })
  await saveEntity(scope, whole)
  expect(await ownEvents('LEDGER_ENTITY_SAVED')).toHaveLength(5)
})

test('what can’t be so is refused beside its field', async () => {
  const save = (more: object) =>
    saveEntity(scope, { type: 'account', ...more } as Parameters<typeof saveEntity>[1])
  const refused = (pointer: string) => ({ code: 'invalid', details: { violations: [{ pointer }] } })
  await expect(save({})).rejects.toMatchObject(refused('/key'))
  // It would be lost without a word.
  await expect(save({ key: 'a', displayName: 'Ann', records: [{}] })).rejects.toMatchObject(
    refused('/records'),
  )
  await expect(save({ key: 'a', attributes: { 'x{': '1' } })).rejects.toMatchObject(refused('/attributes/x{'))
  await expect(save({ key: 'a', attributes: { identity: '1' } })).rejects.toMatchObject(
    refused('/attributes/identity'),
  )
  await expect(save({ key: 'a', links: { identy: '1' } })).rejects.toMatchObject(refused('/links/identy'))
  await expect(save({ key: 'a', links: { identity: ['1', '2'] } })).rejects.toMatchObject(
    refused('/links/identity'),
  )
  await expect(save({ key: 'a', validFrom: '2026-03-01', validTo: '2026-02-01' })).rejects.toMatchObject(
    refused('/validTo'),
  )
  await expect(save({ key: 'a', records: [{}, {}] })).rejects.toMatchObject(refused('/records'))
  await expect(save({ key: 'a|b' })).rejects.toMatchObject(refused('/key'))
  const { id, updatedAt } = await save({ key: 'a' })
  await save({ key: 'b' })
  await expect(save({ key: 'a', isNew: true })).rejects.toMatchObject({ code: 'conflict' })
  await expect(save({ id, key: 'B' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(saveEntity(scope, { type: 'group', id, key: 'c' })).rejects.toMatchObject({ code: 'conflict' })
  const unchangedSince = updatedAt.toISOString()
  await save({ key: 'a', attributes: { login: 'x' }, unchangedSince })
  await expect(save({ key: 'a', attributes: { login: 'y' }, unchangedSince })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a removed entity is gone with all by which it was found, and its name leaves what was matched before', async () => {
  const { id } = await saveEntity(scope, { type: 'identity', key: 'ann', displayName: 'Ann' })
  const other = await saveEntity(scope, { type: 'identity', key: 'bob' })
  const { tenantId } = scope
  const match = (entityId: string | null, rest: object) =>
    database.owner()`insert into ledger_matches ${database.owner()({
      tenant_id: tenantId,
      reference_id: 1,
      entity_id: entityId,
      shown: database.owner().json({ display: 'Ann' }),
      policy_id: id,
      policy_version: 1,
      entry: 0,
      rule_id: id,
      rule_version: 1,
      since: 1,
      ...rest,
    })}`
  await match(id, { until: 2 })
  await match(other.id, { until: 2, identity_id: id })
  await match(null, { until: 2, candidates: [other.id, id] })
  await match(other.id, { until: 2 })
  expect(await removeEntity(scope, { id })).toEqual({ id })
  expect(await findEntity(scope, { type: 'identity', key: 'ann' })).toBeNull()
  expect(await keys({ q: 'ann' })).toEqual([])
  const matches =
    await database.owner()`select shown from ledger_matches where tenant_id = ${tenantId} order by id`
  expect(matches.map(({ shown }) => shown)).toEqual([null, null, null, { display: 'Ann' }])
  const left =
    await database.owner()`select count(distinct record_id)::int as records from ledger_values where tenant_id = ${tenantId}`
  expect(left).toMatchObject([{ records: 1 }])
  expect(await ownEvents('LEDGER_ENTITY_REMOVED')).toMatchObject([
    { targets: [{ type: 'identity', name: 'ann', id }] },
  ])
  await expect(removeEntity(scope, { id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(getEntity(scope, { id: 'none' })).rejects.toMatchObject({ code: 'not_found' })
})

test('each change asks for all names to be matched again, and one workspace’s ledger is not another’s', async () => {
  const wanted = async () => {
    const rows =
      await database.owner()`select wanted::int, reason from matching_state where tenant_id = ${scope.tenantId}`
    return rows[0]
  }
  expect(await wanted()).toBeUndefined()
  const { id } = await saveEntity(scope, { type: 'identity', key: 'ann' })
  expect(await wanted()).toMatchObject({ wanted: 1, reason: 'Identity ann was added' })
  const other = await newMemberScope()
  expect(await listEntities(other, { limit: 10, q: 'ann' })).toEqual({ entities: [], next: null })
  await expect(getEntity(other, { id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(removeEntity(other, { id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(saveEntity(other, { type: 'identity', id, key: 'ann' })).rejects.toMatchObject({
    code: 'not_found',
  })
  await removeEntity(scope, { id })
  expect(await wanted()).toMatchObject({ wanted: 2, reason: 'Identity ann was removed' })
})
