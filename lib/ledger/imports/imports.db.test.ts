import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { countEntities } from '@/lib/ledger/entities/count'
import { findEntity } from '@/lib/ledger/entities/find'
import { getEntity } from '@/lib/ledger/entities/get'
import { listEntities } from '@/lib/ledger/entities/list'
import type { EntityType } from '@/lib/ledger/entity-types'
import { applyImport } from './apply'
import { discardImport } from './discard'
import { dropOldPreviews } from './drop-old-previews'
import { exportEntities } from './export'
import { getImport } from './get'
import { importLedger } from './import-ledger'
import type { ImportView } from './import-view'
import type { ImportLedger } from './input'
import { MAX_PREVIEWS } from './limits'
import { listImports } from './list'
import { previewImport } from './preview'

const database = useTestDatabase()
let scope: TenantScope
beforeEach(async () => {
  scope = await newMemberScope()
})

const recorded = (name: string) =>
  readFileSync(new URL(`../../../e2e/data/ledger/${name}.csv`, import.meta.url))

const load = (type: EntityType, content: string | Buffer, more: Partial<ImportLedger> = {}) =>
  importLedger(scope, { type, mode: 'full', content, ...more })

const preview = async (
  type: EntityType,
  content: string,
  more: Partial<ImportLedger> = {},
): Promise<ImportView> => {
  const view = await previewImport(scope, { type, mode: 'full', content, name: 'file.csv', ...more })
  if (view.id === null) throw new Error(view.problems.map(({ detail }) => detail).join())
  return view
}

const exported = async (type: EntityType) => (await exportEntities(scope, { type })).text()

const find = async (type: EntityType, key: string) => {
  const found = await findEntity(scope, { type, key })
  return found && getEntity(scope, { id: found.id })
}

const ownEvents = async (code = 'LEDGER_IMPORTED') => {
  const rows = await database.owner()`
    select body from events where tenant_id = ${scope.tenantId} and code = ${code} order by seq`
  return rows.map(({ body }) => JSON.parse(body))
}

const people = (keys: readonly string[]) =>
  ['key;email', ...keys.map((key) => `${key};${key}@x.example`)].join('\n')

test('the four recorded files load as they are, in any order, and link with each other', async () => {
  const counts = { unchanged: 0, changed: 0, removed: 0 }
  expect(await load('account', recorded('accounts'))).toMatchObject({
    ...counts,
    added: 5,
    hints: [
      'repository names repositories that the ledger does not have: "THESHIRE", "NT AUTHORITY".',
      'identity names identities that the ledger does not have: "wardog", "pgustavo", "nmartha".',
    ],
  })
  expect(await load('identity', recorded('identities'))).toMatchObject({ ...counts, added: 3 })
  expect(await load('organisation', recorded('organisations'))).toMatchObject({ added: 3, hints: [] })
  expect(await load('group', recorded('groups'))).toMatchObject({ added: 3 })
  expect(await countEntities(scope)).toMatchObject({
    account: 5,
    identity: 3,
    organisation: 3,
    group: 3,
    asset: 0,
  })
  const pedro = await find('identity', 'PGUSTAVO')
  expect(pedro).toMatchObject({
    displayName: 'Pedro Gustavo',
    current: {
      attributes: { email: 'pedro.gustavo@theshire.example', hr_code: 'HR-0002' },
      links: [{ name: 'organisation', key: 'sales', entity: { displayName: 'Sales' } }],
    },
    linkedFrom: [
      {
        type: 'account',
        link: 'identity',
        total: 1,
        entities: [{ key: 'THESHIRE\\pgustavo', note: 'THESHIRE · Pedro Gustavo' }],
      },
    ],
  })
  for (const [type, name] of [
    ['account', 'accounts'],
    ['identity', 'identities'],
    ['organisation', 'organisations'],
    ['group', 'groups'],
  ] as const)
    expect(await load(type, recorded(name))).toMatchObject({ added: 0, changed: 0, removed: 0 })
})

test('a preview says what would change and writes nothing, and applying does just that', async () => {
  await load('identity', 'key;display_name;email\nann;Ann;a@x\nbob;Bob;b@x\n')
  const view = await preview('identity', 'key;display_name;email\nann;Ann;new@x\nbob;Bob;b@x\ncy;Cy;c@x\n')
  expect(view).toMatchObject({
    state: 'preview',
    rows: 3,
    added: 1,
    changed: 1,
    removed: 0,
    unchanged: 1,
    asks: null,
    samples: {
      added: [
        {
          key: 'cy',
          displayName: 'Cy',
          fields: expect.arrayContaining([{ name: 'email', before: '', after: 'c@x' }]),
        },
      ],
      changed: [{ key: 'ann', fields: [{ name: 'email', before: 'a@x', after: 'new@x' }] }],
      removed: [],
    },
  })
  expect(await getImport(scope, { id: view.id })).toEqual(view)
  expect((await find('identity', 'ann'))?.current?.attributes).toEqual({ email: 'a@x' })
  expect(await applyImport(scope, { id: view.id })).toMatchObject({
    state: 'applied',
    added: 1,
    appliedBy: scope.principal.login,
    samples: { added: [], changed: [], removed: [] },
  })
  expect((await find('identity', 'ann'))?.current?.attributes).toEqual({ email: 'new@x' })
  await expect(applyImport(scope, { id: view.id })).rejects.toMatchObject({ code: 'conflict' })
  await expect(discardImport(scope, { id: view.id })).rejects.toMatchObject({ code: 'conflict' })
  const [row] = await database.owner()`select content, options from ledger_imports where id = ${view.id}`
  expect(row).toEqual({ content: null, options: {} })
  expect((await ownEvents()).at(-1)).toMatchObject({
    message: '3 identities loaded: 1 added, 1 changed, 0 removed',
    targets: [{ type: 'import', name: 'file.csv', id: view.id }],
    data: {
      type: 'identity',
      mode: 'full',
      file: 'file.csv',
      rows: 3,
      added: 1,
      changed: 1,
      removed: 0,
      unchanged: 1,
    },
  })
  expect(JSON.stringify(await ownEvents())).not.toContain('new@x')
  expect(await listImports(scope)).toMatchObject([{ id: view.id, state: 'applied' }, { state: 'applied' }])
})

test('what changes nothing writes no row', async () => {
  await load('account', recorded('accounts'))
  const rows = () => database.owner()`select id, updated_at from ledger_records order by id`
  const before = await rows()
  const state = () => database.owner()`select wanted from matching_state where tenant_id = ${scope.tenantId}`
  const wanted = await state()
  await load('account', recorded('accounts'))
  expect(await rows()).toEqual(before)
  expect(await state()).toEqual(wanted)
})

test('a replacement that would remove more than a tenth asks first, and takes only the very number', async () => {
  const keys = Array.from({ length: 20 }, (_, i) => `p${i}`)
  await load('identity', people(keys))
  expect(await load('identity', people(keys.slice(2)))).toMatchObject({ removed: 2 })
  await load('identity', people(keys), { mode: 'delta' })
  const fewer = people(keys.slice(3))
  await expect(load('identity', fewer)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('3 of 20 identities'),
    details: { violations: [{ pointer: '/confirmRemoved' }] },
  })
  await expect(load('identity', fewer, { confirmRemoved: 4 })).rejects.toMatchObject({ code: 'conflict' })
  expect(await load('identity', fewer, { dryRun: true })).toMatchObject({ asks: { removed: 3, of: 20 } })
  const view = await preview('identity', fewer)
  expect(view.asks).toEqual({ removed: 3, of: 20 })
  await expect(applyImport(scope, { id: view.id })).rejects.toMatchObject({ code: 'conflict' })
  expect((await countEntities(scope)).identity).toBe(20)
  await applyImport(scope, { id: view.id, confirmRemoved: 3 })
  expect((await countEntities(scope)).identity).toBe(17)
  expect(await load('identity', people(['p9']), { mode: 'delta' })).toMatchObject({
    removed: 0,
    unchanged: 1,
  })
  const orphans = await database.owner()`select from ledger_values v where tenant_id = ${scope.tenantId}
    and not exists (select from ledger_records r where r.tenant_id = v.tenant_id and r.id = v.record_id)`
  expect(orphans).toHaveLength(0)
})

test('from a date on: who is changed has two records, who lacks ends, and who ended already is let be', async () => {
  await load('identity', 'key;team\nann;1\nbob;1\ncy;1\n')
  const from = { effectiveFrom: '2026-03-01', confirmRemoved: 1 }
  const second = 'key;team\nann;2\nbob;1\n'
  const view = await preview('identity', second, { effectiveFrom: from.effectiveFrom })
  expect(view).toMatchObject({
    changed: 1,
    removed: 1,
    unchanged: 1,
    samples: {
      removed: [
        { key: 'cy', ended: true, fields: [{ name: 'valid_to', after: '2026-03-01T00:00:00.000Z' }] },
      ],
    },
  })
  await applyImport(scope, { id: view.id, confirmRemoved: 1 })
  const at = new Date('2026-03-01T00:00:00Z')
  expect((await find('identity', 'ann'))?.records).toMatchObject([
    { validFrom: null, validTo: at, attributes: { team: '1' } },
    { validFrom: at, validTo: null, attributes: { team: '2' } },
  ])
  expect((await find('identity', 'bob'))?.records).toMatchObject([{ validFrom: null, validTo: null }])
  expect(await find('identity', 'cy')).toMatchObject({
    displayName: 'cy',
    records: [{ validTo: at }],
    current: null,
  })
  expect(await load('identity', second, from)).toMatchObject({ changed: 0, removed: 0, unchanged: 2 })
  expect(await load('identity', second, { ...from, effectiveFrom: '2026-04-01' })).toMatchObject({
    changed: 0,
    removed: 0,
  })
  expect(await load('identity', second, { dryRun: true })).toMatchObject({
    changed: 1,
    removed: 1,
    hints: [expect.stringContaining('One entity loses')],
  })
})

test('a delta leaves others, and columns that it lacks', async () => {
  await load('account', recorded('accounts'))
  const content = 'login;repository;identity\nSYSTEM;nt authority;nmartha\n'
  expect(await load('account', content, { mode: 'delta' })).toMatchObject({
    changed: 1,
    added: 0,
    unchanged: 0,
  })
  expect(await find('account', 'NT AUTHORITY\\SYSTEM')).toMatchObject({
    displayName: 'System (built in)',
    current: { attributes: { login: 'SYSTEM', sid: 'S-1-5-18' } },
  })
  expect((await countEntities(scope)).account).toBe(5)
})

test('a file with something wrong in it is refused with all problems, and nothing is kept', async () => {
  const content = 'key;valid_from\nann;soon\nann;\n'
  expect(await previewImport(scope, { type: 'identity', mode: 'full', content })).toMatchObject({
    id: null,
    problems: [{ line: 2, column: 'valid_from' }, { line: 3 }],
  })
  await expect(load('identity', content)).rejects.toMatchObject({
    code: 'invalid',
    details: { violations: [{ pointer: '/2/valid_from' }, { pointer: '/3' }] },
  })
  expect(await listImports(scope)).toEqual([])
})

test('if the ledger changes between, applying says so and previews anew', async () => {
  const view = await preview('identity', people(['ann', 'bob']))
  await load('identity', people(['ann']), { mode: 'delta' })
  await expect(applyImport(scope, { id: view.id })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('has changed since'),
  })
  expect(await getImport(scope, { id: view.id })).toMatchObject({ state: 'preview', added: 1, unchanged: 1 })
  expect(await applyImport(scope, { id: view.id })).toMatchObject({ state: 'applied', added: 1 })
})

test('who takes the ledger out is on record, and what was in it is not', async () => {
  await load('identity', people(['ann', 'bob']))
  await exported('identity')
  const told = await ownEvents('LEDGER_EXPORTED')
  expect(told).toMatchObject([
    { actor: { login: scope.principal.login }, data: { type: 'identity', entities: 2 } },
  ])
  expect(JSON.stringify(told)).not.toMatch(/ann|bob/)
})

test('what would do something else than was shown is not applied, even where the numbers are the same', async () => {
  await load('identity', people(['ann', 'bob', 'cid']))
  const shown = await preview('identity', people(['ann', 'bob']))
  await load('identity', people(['ann', 'bob', 'dan']), { confirmRemoved: 1 })
  const apply = () => applyImport(scope, { id: shown.id, confirmRemoved: 1 })
  await expect(apply()).rejects.toMatchObject({ code: 'conflict' })
  expect((await getImport(scope, { id: shown.id })).samples.removed).toMatchObject([{ key: 'dan' }])
  expect(await apply()).toMatchObject({ state: 'applied', removed: 1 })
})

test('only the latest previews wait, so that nobody fills the disk with them', async () => {
  const first = await preview('identity', people(['ann']))
  const kept = []
  for (let i = 0; i < MAX_PREVIEWS; i++) kept.push(await preview('identity', people([`p${i}`])))
  expect(await getImport(scope, { id: first.id })).toMatchObject({ state: 'discarded' })
  await expect(applyImport(scope, { id: first.id })).rejects.toMatchObject({ code: 'conflict' })
  const waiting = (await listImports(scope)).filter(({ state }) => state === 'preview')
  expect(waiting.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort())
})

test('what is exported and loaded again changes nothing, whatever stands in it', async () => {
  const text = fc.oneof(
    fc.constantFrom('=1+1', "'=1", "''@x", '-5', '+x', '@', 'a;b', '"', 'a\nb', 'é', "'", 'a,b'),
    fc.string({ maxLength: 12 }),
  )
  const storable = text.filter((one) => !/[|\0]/.test(one) && one.isWellFormed() && one.trim() !== '')
  const entity = fc.record({
    key: storable,
    attributes: fc.dictionary(fc.constantFrom('login', 'sid', 'weiß', 'note'), storable),
    links: fc.record({ groups: fc.array(storable, { maxLength: 3 }), repository: fc.option(storable) }),
    valid_from: fc.constantFrom(null, '2020-01-01', '2020-01-01T10:00:00.123Z'),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(entity, {
        selector: ({ key }) => key.trim().normalize('NFC').toLowerCase(),
        minLength: 1,
        maxLength: 5,
      }),
      async (entities) => {
        const content = JSON.stringify({ entities })
        await load('account', content, {
          confirmRemoved: (await load('account', content, { dryRun: true })).removed,
        })
        const file = await exported('account')
        const again = await load('account', file)
        expect(again).toMatchObject({ added: 0, changed: 0, removed: 0, unchanged: entities.length })
        expect(await exported('account')).toBe(file)
      },
    ),
    { numRuns: 25 },
  )
})

test('two who load at once do so one after the other, and nothing is doubled', async () => {
  const keys = Array.from({ length: 300 }, (_, i) => `p${i}`)
  const views = await Promise.all([preview('identity', people(keys)), preview('identity', people(keys))])
  const done = await Promise.allSettled([
    ...views.map(({ id }) => applyImport(scope, { id })),
    load('identity', people(keys), { mode: 'delta' }),
    load('organisation', 'key\nx\n'),
  ])
  expect(done.filter(({ status }) => status === 'rejected').length).toBeLessThanOrEqual(2)
  for (const one of done)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' })
  expect(await countEntities(scope)).toMatchObject({ identity: 300, organisation: 1 })
  await applyImport(scope, { id: (await preview('identity', people(['q', ...keys]))).id })
  expect((await countEntities(scope)).identity).toBe(301)
})

test('previews are forgotten after a day, with what was uploaded', async () => {
  const [old, young] = [
    await preview('identity', people(['ann'])),
    await preview('identity', people(['bob'])),
  ]
  await database.owner()`update ledger_imports set requested_at = now() - interval '25 hours' where id = ${old.id}`
  expect(await dropOldPreviews({ budgetMs: 5000 })).toEqual({ dropped: 1 })
  expect(await getImport(scope, { id: old.id })).toMatchObject({ state: 'discarded', samples: { added: [] } })
  expect(await getImport(scope, { id: young.id })).toMatchObject({ state: 'preview' })
  await expect(applyImport(scope, { id: old.id })).rejects.toMatchObject({ code: 'conflict' })
  await discardImport(scope, { id: young.id })
  const rows = await database.owner()`select content from ledger_imports where tenant_id = ${scope.tenantId}`
  expect(rows).toEqual([{ content: null }, { content: null }])
})

test('another workspace has a ledger of its own, and neither sees nor applies this one', async () => {
  await load('identity', people(['ann']))
  const view = await preview('identity', people(['bob']))
  const other = await newMemberScope()
  await expect(getImport(other, { id: view.id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(applyImport(other, { id: view.id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(discardImport(other, { id: view.id })).rejects.toMatchObject({ code: 'not_found' })
  expect(
    await importLedger(other, { type: 'identity', mode: 'full', content: people(['cy']) }),
  ).toMatchObject({
    added: 1,
    removed: 0,
  })
  expect((await listEntities(scope, { limit: 10 })).entities).toMatchObject([{ key: 'ann' }])
})
