import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { readWindowsEvents } from '@/lib/collection/processing/testing/windows-events'
import { setAliases } from '@/lib/workspaces/set-aliases'
import { checkTable } from './check'
import { createTable } from './create'
import { diffTable } from './diff'
import { exportTable } from './export'
import { getTable } from './get'
import { type CreateTable, createTableSchema } from './input'
import { listTables } from './list'
import { listTableVersions } from './list-versions'
import { loadTable } from './load'
import { makeTemplate } from './make-template'
import { removeTable } from './remove'
import { restoreTable } from './restore'
import { updateTable } from './update'

const database = useTestDatabase()
let scope: TenantScope
beforeEach(async () => {
  scope = await newMemberScope()
})

const FIRST = 'eventid;message;category;subcategory;1\nRD;Read File;File;;Offset\n'
const SECOND = `${FIRST}DEL;Delete File;File;;\n`

const add = (given: Partial<CreateTable> = {}) =>
  createTable(scope, createTableSchema.parse({ kind: 'properties', name: 'Files', content: FIRST, ...given }))

const ownEvents = async () => {
  const rows = await database.owner()`
    select body from events where tenant_id = ${scope.tenantId} and code like 'TABLE_%' order by seq`
  return rows.map(({ body }) => JSON.parse(body))
}

/** A line whose newest version uses a table, put in by hand. */
async function addLine(name: string, tableId: string) {
  const id = randomUUID()
  const steps = [{ kind: 'processing', propertiesId: tableId, mappingId: randomUUID() }]
  await database.owner()`insert into lines (tenant_id, id, name) values (${scope.tenantId}, ${id}, ${name})`
  await database.owner()`insert into line_versions (tenant_id, line_id, version, definition, saved_by)
    values (${scope.tenantId}, ${id}, 1, ${JSON.stringify({ steps })}::text::jsonb, 'test')`
  return id
}

test('a table is kept with its rows, and shown with who saved it', async () => {
  const { id, version, isNew } = await add({ note: 'From the file server' })
  expect({ version, isNew }).toEqual({ version: 1, isNew: true })
  expect(await getTable(scope, { id })).toMatchObject({
    kind: 'properties',
    name: 'Files',
    note: 'From the file server',
    version: 1,
    shownVersion: 1,
    savedBy: scope.principal.login,
    columns: ['eventid', 'message', 'category', 'subcategory', '1'],
    rows: [['RD', 'Read File', 'File', '', 'Offset']],
    usedBy: [],
    problems: [],
  })
  expect(await listTables(scope, { kind: 'properties' })).toMatchObject([{ id, name: 'Files', rows: 1 }])
  expect(await listTables(scope, { kind: 'lookup' })).toEqual([])
})

test('the recorded configuration files are kept, and exported as they were', async () => {
  const { texts } = readWindowsEvents()
  for (const kind of ['properties', 'mapping'] as const) {
    const { id } = await add({ kind, name: `Windows: ${kind}`, content: texts[kind] })
    const { fileName, content } = await exportTable(scope, { id })
    expect(content).toBe(texts[kind].replaceAll('\r\n', '\n'))
    expect(fileName).toBe(`Windows-${kind}-v1.csv`)
    expect(await updateTable(scope, { id, content: texts[kind] })).toMatchObject({ version: 1, isNew: false })
  }
})

test('a mapping says which name the workspace must have, until it has it', async () => {
  const { mapping } = readWindowsEvents().texts
  const { problems } = await add({ kind: 'mapping', content: mapping })
  expect(problems).toHaveLength(32)
  expect(problems[0]).toMatchObject({ row: 2, column: 'log_mandant', severity: 'warning' })
  await setAliases(scope, { aliases: ['theshire'] })
  const [table] = await listTables(scope)
  expect((await getTable(scope, { id: table?.id ?? '' })).problems).toEqual([])
})

test('other rows are a new version, the same rows are none, and each version stays readable', async () => {
  const { id } = await add()
  expect(await updateTable(scope, { id, content: SECOND })).toMatchObject({ version: 2, isNew: true })
  expect(await updateTable(scope, { id, content: `\ufeff${SECOND.replaceAll('\n', '\r\n')}` })).toMatchObject(
    {
      version: 2,
      isNew: false,
    },
  )
  expect(await updateTable(scope, { id, name: 'File server' })).toMatchObject({ version: 2, isNew: false })
  expect((await getTable(scope, { id, version: 1 })).rows).toHaveLength(1)
  expect(await listTableVersions(scope, { id })).toMatchObject([
    { version: 2, rows: 2, savedBy: scope.principal.login },
    { version: 1, rows: 1 },
  ])
  expect(await diffTable(scope, { id, from: 1, to: 2 })).toMatchObject([{ kind: 'added', key: 'DEL' }])
  expect(await restoreTable(scope, { id, version: 1 })).toMatchObject({ version: 3, isNew: true })
  expect((await getTable(scope, { id })).rows).toHaveLength(1)
  expect((await ownEvents()).map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'TABLE_CREATED: Table Files was added',
    'TABLE_UPDATED: Table Files got version 2',
    'TABLE_UPDATED: Table File server was changed',
    'TABLE_UPDATED: Table File server got version 3',
  ])
  expect((await ownEvents())[1]).toMatchObject({
    targets: [{ type: 'table', name: 'Files', id }],
    data: { before: { version: 1 }, after: { version: 2 }, rows: { added: 1, removed: 0, changed: 0 } },
  })
})

test('of two who edit the same, the second one is told, and nothing of the first is lost', async () => {
  const { id } = await add()
  const { updatedAt } = await getTable(scope, { id })
  const unchangedSince = updatedAt.toISOString()
  const edits = [SECOND, FIRST.replace('Read File', 'Read')].map((content) =>
    updateTable(scope, { id, content, unchangedSince }),
  )
  const outcomes = await Promise.allSettled(edits)
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = outcomes.find((outcome) => outcome.status === 'rejected')
  expect(refused?.reason).toMatchObject({ code: 'conflict' })
  expect((await getTable(scope, { id })).version).toBe(2)
})

test('a table with errors is refused with all of them, by row and column, and nothing is kept', async () => {
  const content = `${FIRST}RD;;File;;\n`
  await expect(add({ content })).rejects.toMatchObject({
    code: 'invalid',
    message:
      'Table Files, row 3, column eventid: Event RD is in row 2 already. Keep one of the two. There are 1 more.',
    details: {
      violations: [
        { pointer: '/content/3/eventid', detail: expect.stringContaining('Row 3, column eventid: Event RD') },
        { pointer: '/content/3/message' },
      ],
    },
  })
  expect(await listTables(scope)).toEqual([])
  const { id } = await add()
  await expect(updateTable(scope, { id, content })).rejects.toMatchObject({ code: 'invalid' })
  expect((await getTable(scope, { id })).version).toBe(1)
})

test('a table above 16 MiB is refused, and a name that another one has', async () => {
  await expect(add({ kind: 'lookup', content: `a;b\n${'x;y\n'.repeat(4_200_000)}` })).rejects.toMatchObject({
    code: 'too_large',
  })
  const { id } = await add()
  await expect(add()).rejects.toMatchObject({ code: 'conflict' })
  await add({ name: 'Others' })
  await expect(updateTable(scope, { id, name: 'Others' })).rejects.toMatchObject({
    code: 'conflict',
    details: { violations: [{ pointer: '/name' }] },
  })
})

test('a workspace has 200 tables at most', async () => {
  await database.owner()`insert into line_tables (tenant_id, id, kind, name)
    select ${scope.tenantId}, gen_random_uuid(), 'lookup', 'table ' || n from generate_series(1, 199) n`
  await add()
  await expect(add({ name: 'One more' })).rejects.toMatchObject({ code: 'conflict' })
  expect((await ownEvents()).length).toBe(1)
})

test('a table that lines use is not removed, and says which they are', async () => {
  const { id } = await add()
  const lineId = await addLine('Windows', id)
  expect(await listTables(scope)).toMatchObject([{ usedBy: [{ id: lineId, name: 'Windows' }] }])
  await expect(removeTable(scope, { id })).rejects.toMatchObject({
    code: 'conflict',
    message: 'Table Files is used by line Windows. Give them another table first.',
  })
  await database.owner()`update lines set removed_at = now() where id = ${lineId}`
  await removeTable(scope, { id })
  expect(await listTables(scope)).toEqual([])
  await expect(getTable(scope, { id })).rejects.toMatchObject({ code: 'not_found' })
  // Runs name the version that they used.
  const load = (version?: number) => inTenant(scope, (tx) => loadTable(tx, scope.tenantId, id, version))
  expect(await load(1)).toMatchObject({
    name: 'Files',
    version: 1,
    rows: [['RD', 'Read File', 'File', '', 'Offset']],
  })
  await expect(load()).rejects.toMatchObject({ code: 'not_found' })
  // Its name is free again.
  await add()
})

test('a mapping that is edited is checked against its event properties', async () => {
  const { id } = await add()
  const template = await makeTemplate(scope, {
    kind: 'mapping',
    eventIds: [],
    propertyCounts: {},
    attributes: [],
    propertiesId: id,
  })
  const content = template.replace('{formattedRawData}', '{param.Ofset}')
  expect(await checkTable(scope, { kind: 'mapping', content, companionId: id })).toMatchObject([
    {
      row: 2,
      column: 'log_whatdata',
      detail: 'Event RD has no property Ofset. Did you mean {param.Offset}?',
      severity: 'error',
    },
    { column: 'log_datasource', severity: 'warning' },
    { column: 'log_family' },
    { column: 'log_date' },
    { column: 'log_whologin' },
    { column: 'log_whorepository' },
    { column: 'log_whataction' },
  ])
  expect(await checkTable(scope, { kind: 'mapping', content })).toEqual([])
})

test('who may not manage collection reads tables and changes none', async () => {
  const { id } = await add()
  const reader: TenantScope = {
    ...scope,
    permissions: new Set(['collection:read', 'collection:write'] as const),
  }
  expect(await listTables(reader)).toHaveLength(1)
  const input = createTableSchema.parse({ kind: 'properties', name: 'Mine', content: FIRST })
  for (const attempt of [
    () => createTable(reader, input),
    () => updateTable(reader, { id, note: 'mine' }),
    () => restoreTable(reader, { id, version: 1 }),
    () => removeTable(reader, { id }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' })
})

test("another tenant's table is not there", async () => {
  const { id } = await add()
  const stranger = await newMemberScope()
  for (const attempt of [
    () => getTable(stranger, { id }),
    () => updateTable(stranger, { id, note: 'mine' }),
    () => removeTable(stranger, { id }),
    () => exportTable(stranger, { id }),
    () => inTenant(stranger, (tx) => loadTable(tx, stranger.tenantId, id)),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
  expect(await listTables(stranger)).toEqual([])
})
