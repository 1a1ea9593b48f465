import { beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { readWindowsEvents } from '@/lib/collection/processing/testing/windows-events'
import { createTable } from '@/lib/collection/tables/create'
import { createTableSchema } from '@/lib/collection/tables/input'
import { listTables } from '@/lib/collection/tables/list'
import { removeTable } from '@/lib/collection/tables/remove'
import { updateTable } from '@/lib/collection/tables/update'
import { processedTarget } from '@/lib/collection/target/processed-target'
import { parseFilter } from '@/lib/trail/filter-url'
import { listEvents } from '@/lib/trail/list'
import { checkLine } from './check'
import { compileLine } from './compile-line'
import { createLine } from './create'
import type { LineDefinition } from './definition'
import { exportLine } from './export'
import { getLine } from './get'
import { importLine } from './import'
import { MAX_LINES } from './input'
import { lineFileSchema } from './line-file'
import { listLines } from './list'
import { listLineVersions } from './list-versions'
import { previewLine } from './preview'
import { removeLine } from './remove'
import { restoreLine } from './restore'
import { newDefinition, WHOLE_TARGET } from './testing/parts'
import { updateLine } from './update'

const database = useTestDatabase()

let scope: TenantScope
beforeEach(async () => {
  scope = await newMemberScope()
})

const filtered = (expression: string) => newDefinition(['user'], [{ kind: 'filter', expression }])
const create = (definition: LineDefinition, name = 'Sign-ins', whose = scope) =>
  createLine(whose, { name, note: '', definition })
const newLookup = (name = 'People', content = 'login;name\nann;Ann\n', whose = scope) =>
  createTable(whose, createTableSchema.parse({ kind: 'lookup', name, content }))
const joined = (tableId: string) =>
  newDefinition(
    ['user'],
    [
      {
        kind: 'join',
        tableId,
        attribute: 'user',
        keyColumn: 'login',
        add: [{ column: 'name', attribute: 'full' }],
      },
    ],
    { ...WHOLE_TARGET, whoidentity: '{full}' },
  )
const calling = (lineId: string) => newDefinition(['user'], [{ kind: 'line', lineId }])
const ownEvents = async (code: string) =>
  (await listEvents(scope, parseFilter(new URLSearchParams({ code })))).events

async function newSilo(lineId: string) {
  const sql = database.owner()
  await sql`insert into silos (tenant_id, id, name, line_id, origin, keep_days)
    values (${scope.tenantId}, gen_random_uuid(), 'windows', ${lineId}, '{"kind":"upload"}', 30)`
}

test('a definition that differs is a new version; a name or note is not; each change is an event', async () => {
  const { id } = await create(filtered("row.user !== ''"))
  const first = await getLine(scope, { id })
  expect(first).toMatchObject({
    name: 'Sign-ins',
    version: 1,
    steps: ['filter'],
    savedBy: scope.principal.login,
  })
  expect(await updateLine(scope, { id, definition: first.definition })).toEqual({
    id,
    version: 1,
    isNew: false,
  })
  expect(await updateLine(scope, { id, name: 'Logins', note: 'all' })).toEqual({
    id,
    version: 1,
    isNew: false,
  })
  const definition = filtered("row.user !== 'x'")
  expect(await updateLine(scope, { id, definition })).toEqual({ id, version: 2, isNew: true })
  expect(await getLine(scope, { id })).toMatchObject({ name: 'Logins', note: 'all', version: 2, definition })
  expect(await getLine(scope, { id, version: 1 })).toMatchObject({
    version: 2,
    shownVersion: 1,
    definition: first.definition,
  })
  await expect(
    restoreLine(scope, { id, version: 1, unchangedSince: '2001-01-01T00:00:00Z' }),
  ).rejects.toMatchObject({ code: 'conflict' })
  expect(await restoreLine(scope, { id, version: 1 })).toEqual({ id, version: 3, isNew: true })
  expect((await listLineVersions(scope, { id })).map(({ version }) => version)).toEqual([3, 2, 1])
  await removeLine(scope, { id })
  await expect(getLine(scope, { id })).rejects.toMatchObject({ code: 'not_found' })
  expect(await ownEvents('LINE_CREATED')).toMatchObject([
    { targets: [{ type: 'line', name: 'Sign-ins', id }] },
  ])
  expect(await ownEvents('LINE_UPDATED')).toHaveLength(3)
  expect(await ownEvents('LINE_REMOVED')).toHaveLength(1)
})

test('an invalid line is not saved, and all that is wrong is said at its place', async () => {
  const broken = newDefinition(['user'], [{ kind: 'filter', expression: 'row.usr' }], {})
  const refused = {
    code: 'invalid',
    details: {
      violations: expect.arrayContaining([
        expect.objectContaining({
          pointer: '/definition/steps/0/expression',
          detail: expect.stringContaining('Did you mean user?'),
        }),
        expect.objectContaining({ pointer: '/definition/target/datasource' }),
      ]),
    },
  }
  await expect(create(broken)).rejects.toMatchObject(refused)
  const { id } = await create(filtered('true'))
  await expect(updateLine(scope, { id, definition: broken })).rejects.toMatchObject(refused)
  expect(await listLines(scope)).toMatchObject([{ version: 1 }])
})

test('the second of two who edit at a time is told', async () => {
  const { id } = await create(filtered('true'))
  const unchangedSince = (await getLine(scope, { id })).updatedAt.toISOString()
  const edits = await Promise.allSettled(
    ["row.user === 'a'", "row.user === 'b'"].map((expression) =>
      updateLine(scope, { id, definition: filtered(expression), unchangedSince }),
    ),
  )
  expect(edits.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(edits.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
})

test('a name is taken once, and a workspace has a bounded number of lines', async () => {
  await create(filtered('true'))
  await expect(create(filtered('true'))).rejects.toMatchObject({
    code: 'conflict',
    details: { violations: [{ pointer: '/name' }] },
  })
  const other = await create(filtered('true'), 'Other')
  await expect(updateLine(scope, { id: other.id, name: 'Sign-ins' })).rejects.toMatchObject({
    code: 'conflict',
  })
  await database.owner()`insert into lines (tenant_id, id, name)
    select ${scope.tenantId}, gen_random_uuid(), 'line ' || n from generate_series(3, ${MAX_LINES}) n`
  await expect(create(filtered('true'), 'One more')).rejects.toMatchObject({ code: 'conflict' })
})

test('who uses a line keeps it, and so does a line its tables', async () => {
  const table = await newLookup()
  const inner = await create(joined(table.id), 'Inner')
  const outer = await create(calling(inner.id), 'Outer')
  await newSilo(outer.id)
  expect(await listLines(scope)).toMatchObject([
    { name: 'Inner', usedBy: [{ id: outer.id, name: 'Outer' }], silos: [] },
    { name: 'Outer', usedBy: [], silos: ['windows'] },
  ])
  await expect(removeLine(scope, { id: inner.id })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('the line Outer'),
  })
  await expect(removeLine(scope, { id: outer.id })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('the silo windows'),
  })
  await expect(removeTable(scope, { id: table.id })).rejects.toMatchObject({ code: 'conflict' })
  await updateLine(scope, { id: outer.id, definition: filtered('true') })
  await removeLine(scope, { id: inner.id })
  await expect(updateLine(scope, { id: outer.id, definition: calling(inner.id) })).rejects.toMatchObject({
    code: 'invalid',
  })
})

test('two who save at a time do not close a circle together', async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const [a, b] = await Promise.all(['a', 'b'].map((name) => create(filtered('true'), `${name}${attempt}`)))
    if (!a || !b) throw new Error('two lines')
    const saved = await Promise.allSettled([
      updateLine(scope, { id: a.id, definition: calling(b.id) }),
      updateLine(scope, { id: b.id, definition: calling(a.id) }),
    ])
    expect(saved.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(saved.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'invalid' } })
  }
})

test("another workspace's tables and lines are none", async () => {
  const stranger = await newMemberScope()
  const table = await newLookup('Theirs', 'login;name\nann;Ann\n', stranger)
  const line = await create(filtered('true'), 'Theirs', stranger)
  const problems = await checkLine(
    scope,
    newDefinition(['user'], [...joined(table.id).steps, ...calling(line.id).steps]),
  )
  expect(problems).toMatchObject([{ path: ['steps', 0, 'tableId'] }, { path: ['steps', 1, 'lineId'] }])
  expect(await checkLine(scope, joined(table.id))).toMatchObject([{ path: ['steps', 0, 'tableId'] }])
  await expect(compileLine(scope, line.id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(updateLine(scope, { id: line.id, name: 'Mine' })).rejects.toMatchObject({ code: 'not_found' })
})

describe('a compiled line', () => {
  test('names the versions that it is made of, and needs its columns', async () => {
    const table = await newLookup()
    const inner = await create(joined(table.id), 'Inner')
    const outer = await create(calling(inner.id), 'Outer')
    await updateTable(scope, { id: table.id, content: 'login;name\nann;Anna\n' })
    const line = await compileLine(scope, outer.id)
    expect(line).toMatchObject({
      versions: { lines: { [inner.id]: 1, [outer.id]: 1 }, tables: { [table.id]: 2 } },
      required: ['user'],
    })
    expect(() => line.open(['usr', 'b'])).toThrow(
      'The file has no column user. Did you mean usr? It has usr, b.',
    )
    expect(() => line.open(['user', 'b', 'user'])).toThrow('Columns 1 and 3')
    const [outcome] = line.open(['b', 'user'])([{ line: 2, raw: '', cells: ['', 'ann'] }])
    expect(outcome).toMatchObject({ kind: 'event', event: { type: 'test' } })
    line.close()
  })

  test('is refused where a table has changed so that it can run no more', async () => {
    const table = await newLookup()
    const { id } = await create(joined(table.id))
    await updateTable(scope, { id: table.id, content: 'login;nome\nann;Ann\n' })
    await expect(compileLine(scope, id)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('Step 1: The table People has no column name. Did you mean nome?'),
    })
  })
})

test('a preview shows rows after each step up to what is wrong, and writes nothing', async () => {
  const definition = newDefinition(
    ['user'],
    [
      { kind: 'update', set: [{ attribute: 'login', expression: 'row.user.toLowerCase()' }] },
      { kind: 'filter', expression: "row.login !== 'bob'" },
      { kind: 'update', set: [{ attribute: 'user', expression: "row.login === 'cid' ? null.x : 'x'" }] },
    ],
    { ...WHOLE_TARGET, whologin: '{login}' },
  )
  const sample = { header: ['user'], rows: [['Ann'], ['Bob'], ['Cid']] }
  const preview = await previewLine(scope, { definition, sample })
  expect(preview.steps).toMatchObject([
    {
      title: 'Source',
      columns: [{ name: 'user', state: 'same' }],
      rows: [{ cells: ['Ann'] }, { cells: ['Bob'] }, { cells: ['Cid'] }],
    },
    { title: '1. Update login', columns: [{ state: 'same' }, { name: 'login', state: 'added' }] },
    { title: '2. Filter', rows: [{ row: 0 }, { row: 1, outcome: { kind: 'filtered' } }, { row: 2 }] },
    {
      columns: [{ state: 'changed' }, { state: 'same' }],
      rows: [
        { row: 0, cells: ['x', 'ann'] },
        { row: 2, outcome: { kind: 'rejected' } },
      ],
    },
  ])
  expect(preview.events).toMatchObject([
    { row: 0, event: { actor: { login: 'ann' } }, fields: { whologin: 'ann', level: '' } },
  ])
  expect(preview.rejects).toMatchObject([
    { row: 2, reject: { code: 'expression_failed', column: 'login', value: 'cid' } },
  ])
  const broken = {
    ...definition,
    steps: definition.steps.with(1, { kind: 'filter', note: '', expression: 'row.logn' }),
  }
  expect(await previewLine(scope, { definition: broken, sample })).toMatchObject({
    steps: [{ title: 'Source' }, { title: '1. Update login' }],
    events: [],
    problems: [{ path: ['steps', 1, 'expression'] }],
  })
  expect(await listLines(scope)).toEqual([])
})

describe('a line as a file', () => {
  async function newWindowsLine() {
    const { texts, header } = readWindowsEvents()
    await database.owner()`update tenants set aliases = '{theshire}' where id = ${scope.tenantId}`
    const newTable = (kind: 'properties' | 'mapping', content: string) =>
      createTable(scope, { kind, name: kind, note: '', content })
    const [properties, mapping] = [
      await newTable('properties', texts.properties),
      await newTable('mapping', texts.mapping),
    ]
    const step = {
      kind: 'processing',
      propertiesId: properties.id,
      mappingId: mapping.id,
      eventIdAttribute: 'eventid',
    }
    const inner = await create(newDefinition(header, [step], processedTarget()), 'Windows')
    return create(newDefinition(header, [{ kind: 'line', lineId: inner.id }], processedTarget()), 'All')
  }

  test('goes to another workspace with its tables and the lines that it calls', async () => {
    const { id } = await newWindowsLine()
    const file = lineFileSchema.parse(JSON.parse(JSON.stringify(await exportLine(scope, { id }))))
    const stranger = await newMemberScope()
    const broken = { ...file, line: { ...file.line, definition: { ...file.line.definition, target: {} } } }
    await expect(importLine(stranger, { file: broken, replaces: false })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('The line All is not complete. Target, datasource:'),
    })
    expect(await listLines(stranger)).toEqual([])
    expect(await listTables(stranger, {})).toEqual([])
    const imported = await importLine(stranger, { file, replaces: false })
    expect(imported.created).toEqual(['table mapping', 'table properties', 'line Windows', 'line All'])
    const again = await exportLine(stranger, { id: imported.id })
    expect(again.tables.map(({ content }) => content)).toEqual(file.tables.map(({ content }) => content))
    const line = await compileLine(stranger, imported.id)
    expect(Object.keys(line.versions.lines)).toHaveLength(2)
    line.close()
  })

  test('changes nothing where all is here already, and replaces only if it is told to', async () => {
    const { id } = await newWindowsLine()
    const file = await exportLine(scope, { id })
    expect(await importLine(scope, { file, replaces: false })).toEqual({ id, created: [], updated: [] })
    const [first, second] = file.tables
    if (!first || !second) throw new Error('two tables')
    const changed = {
      ...file,
      tables: [
        { ...first, content: first.content.replace('An account was successfully logged on', 'Logged on') },
        second,
      ],
    }
    await expect(importLine(scope, { file: changed, replaces: false })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('table mapping'),
    })
    expect(await importLine(scope, { file: changed, replaces: true })).toEqual({
      id,
      created: [],
      updated: ['table mapping'],
    })
  })

  test('that lacks a part is refused', async () => {
    const { id } = await newWindowsLine()
    const file = await exportLine(scope, { id })
    await expect(importLine(scope, { file: { ...file, tables: [] }, replaces: false })).rejects.toMatchObject(
      { code: 'invalid' },
    )
  })
})

test('who may only look can neither save nor try', async () => {
  const looking = { ...scope, permissions: new Set(['collection:read']) } as unknown as TenantScope
  const { id } = await create(filtered('true'))
  expect(await listLines(looking)).toHaveLength(1)
  const sample = { header: ['user'], rows: [] }
  for (const attempt of [
    () => create(filtered('true'), 'Other', looking),
    () => updateLine(looking, { id, name: 'x' }),
    () => restoreLine(looking, { id, version: 1 }),
    () => removeLine(looking, { id }),
    () => checkLine(looking, filtered('true')),
    () => previewLine(looking, { definition: filtered('true'), sample }),
    () =>
      importLine(looking, {
        file: {
          format: 'spoor-line/1',
          line: { name: 'x', note: '', definition: filtered('true') },
          lines: [],
          tables: [],
        },
        replaces: true,
      }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' })
})
