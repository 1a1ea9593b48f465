import { afterAll, beforeAll, expect, test } from 'vitest'
import { MAPPING_COLUMNS } from '@/lib/collection/processing/attribute-mapping'
import { openSandbox, type Sandbox } from '@/lib/collection/sandbox/sandbox'
import { processedTarget } from '@/lib/collection/target/processed-target'
import { checkDefinition } from './check-definition'
import type { LineParts } from './line-parts'
import { idOf, newDefinition, newParts, newTable, WHOLE_TARGET } from './testing/parts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterAll(() => sandbox.close())

const check = (definition: ReturnType<typeof newDefinition>, parts: LineParts = newParts(), self?: string) =>
  checkDefinition(definition, { parts, sandbox }, self)
const update = (attribute: string, expression: string) => ({
  kind: 'update',
  set: [{ attribute, expression }],
})

const people = newTable(1, 'lookup', 'login;name;login2\nann;Ann;x\nbob;Bob;y\nann;Anna;z\n')
const join = (more: object = {}) => ({
  kind: 'join',
  tableId: people.id,
  attribute: 'user',
  keyColumn: 'login',
  add: [{ column: 'name', attribute: 'full' }],
  ...more,
})

const properties = newTable(
  2,
  'properties',
  'eventid;message;category;subcategory;1\n4720;Created;Accounts;;Name\n',
)
function newMapping(cells: Record<string, string>) {
  const row: Record<string, string> = { eventid: '4720', ...cells }
  const lines = [MAPPING_COLUMNS, MAPPING_COLUMNS.map((column) => row[column] ?? '')]
  return newTable(3, 'mapping', lines.map((line) => line.join(';')).join('\n'))
}
const MAPPED = Object.fromEntries(
  Object.entries(WHOLE_TARGET).map(([field, value]) => [`log_${field}`, value as string]),
)
const processing = {
  kind: 'processing',
  propertiesId: properties.id,
  mappingId: idOf(3),
  eventIdAttribute: 'eventid',
}

test('a whole line has no problem', () => {
  const definition = newDefinition(
    ['user'],
    [update('login', 'row.user.trim()'), { kind: 'filter', expression: "row.login !== ''" }],
    { ...WHOLE_TARGET, whologin: '{login}' },
  )
  expect(check(definition)).toEqual([])
})

test('expressions are compiled, and attributes exist where they are used, with the nearest name', () => {
  const definition = newDefinition(
    ['user', 'user'],
    [
      update('a', 'row.usr'),
      update('b', 'row.a +'),
      { kind: 'filter', expression: 'row.c' },
      update('c', 'row.b'),
    ],
    { ...WHOLE_TARGET, whologin: '{usr}' },
  )
  expect(check(definition)).toEqual([
    { path: ['source', 'attributes', 1], message: 'Columns 1 and 2 are both named user.' },
    {
      path: ['steps', 0, 'set', 0, 'expression'],
      message: 'There is no attribute usr here. Did you mean user?',
    },
    {
      path: ['steps', 1, 'set', 0, 'expression'],
      message: expect.stringContaining('the expression is not complete'),
    },
    { path: ['steps', 2, 'expression'], message: expect.stringContaining('There is no attribute c here.') },
    { path: ['target', 'whologin'], message: expect.stringContaining('Did you mean {user}?') },
  ])
})

test('a mandatory field that is missing or blank is named', () => {
  const { datasource: _, ...target } = WHOLE_TARGET
  expect(check(newDefinition([], [], { ...target, family: ' ' }))).toMatchObject([
    { path: ['target', 'datasource'] },
    { path: ['target', 'family'] },
  ])
})

test('a join needs a table to look things up in, its columns, and says which of two rows counts', () => {
  const parts = newParts({ tables: [people, properties] })
  const of = (more: object) => check(newDefinition(['user'], [join(more)]), parts)
  expect(of({})).toEqual([
    {
      path: ['steps', 0, 'keyColumn'],
      message: 'The table Table 1 has login ann in rows 2 and 4: the first one counts.',
      isWarning: true,
    },
  ])
  expect(of({ tableId: idOf(9) })).toMatchObject([{ path: ['steps', 0, 'tableId'] }])
  expect(of({ tableId: properties.id })).toMatchObject([{ path: ['steps', 0, 'tableId'] }])
  expect(
    of({
      attribute: 'usr',
      keyColumn: 'loginn',
      add: [
        { column: 'nme', attribute: 'x' },
        { column: 'name', attribute: 'x' },
      ],
    }),
  ).toMatchObject([
    { path: ['steps', 0, 'attribute'], message: expect.stringContaining('Did you mean user?') },
    { path: ['steps', 0, 'add', 1, 'attribute'] },
    { path: ['steps', 0, 'keyColumn'], message: expect.stringContaining('Did you mean login?') },
    { path: ['steps', 0, 'add', 0, 'column'], message: expect.stringContaining('Did you mean name?') },
  ])
})

test('log processing tells of its tables by name, row and column', () => {
  const mapping = newMapping({ ...MAPPED, log_whologin: '{usr}' })
  const parts = newParts({ tables: [properties, mapping] })
  expect(check(newDefinition(['eventid', 'user'], [processing], processedTarget()), parts)).toEqual([
    {
      path: ['steps', 0, 'mappingId'],
      message: expect.stringMatching(
        /^Table Table 3, row 2, column log_whologin: .*Did you mean \{user\}\?$/,
      ),
    },
  ])
  expect(check(newDefinition(['id'], [{ ...processing, mappingId: properties.id }]), parts)).toMatchObject([
    { path: ['steps', 0, 'mappingId'], message: expect.stringContaining('here belongs a mapping') },
    { path: ['steps', 0, 'eventIdAttribute'], message: expect.stringContaining('no attribute eventid') },
  ])
})

test('a mandatory field that no row of the mapping gives is missing, and named with the table', () => {
  const { log_datasource: _, ...rest } = MAPPED
  const parts = newParts({ tables: [properties, newMapping(rest)] })
  const definition = newDefinition(['eventid'], [processing], processedTarget())
  const errors = (problems: ReturnType<typeof check>) => problems.filter(({ isWarning }) => !isWarning)
  expect(errors(check(definition, parts))).toEqual([
    {
      path: ['target', 'datasource'],
      message: 'datasource is mandatory, and no row of the table Table 3 gives log_datasource a value.',
    },
  ])
  const set = newDefinition(['eventid'], [processing, update('log_datasource', "'AD'")], processedTarget())
  expect(errors(check(set, parts))).toEqual([])
})

test('a file can name no other workspace', () => {
  const definition = newDefinition([], [], { ...WHOLE_TARGET, mandant: 'acmee' })
  expect(check(definition)).toEqual([
    { path: ['target', 'mandant'], message: expect.stringContaining('Did you mean acme?') },
  ])
})

const call = (number: number, more: object = {}) => ({ kind: 'line', lineId: idOf(number), ...more })

test('a line that is called must be there, get what it needs, and be whole itself', () => {
  const inner = newDefinition(['user'], [update('login', 'row.user')], {
    ...WHOLE_TARGET,
    custom1: '{login}',
  })
  const parts = newParts({ lines: { 7: inner, 8: newDefinition([], [], {}) } })
  expect(
    check(newDefinition(['user'], [call(7)], { ...WHOLE_TARGET, custom1: '{log_custom1}' }), parts),
  ).toEqual([])
  expect(check(newDefinition(['usr'], [call(8), call(9), call(7)]), parts)).toEqual([
    { path: ['steps', 0, 'lineId'], message: expect.stringContaining('The line Line 8 cannot run') },
    { path: ['steps', 1, 'lineId'], message: 'There is no such line any more. Choose another one.' },
  ])
  expect(check(newDefinition(['usr'], [call(7, { when: 'row.x' }), call(8)]), parts)).toEqual([
    { path: ['steps', 0, 'when'], message: expect.stringContaining('no attribute x') },
    { path: ['steps', 0, 'lineId'], message: expect.stringContaining('needs an attribute user') },
    {
      path: ['steps', 1, 'lineId'],
      message: expect.stringContaining('The line Line 8 cannot run: datasource'),
    },
  ])
  const blank = newDefinition(['user'], [call(7)], { ...WHOLE_TARGET, whologin: '{log_whoidentity}' })
  expect(check(blank, parts)).toEqual([
    {
      path: ['target', 'whologin'],
      message: 'whologin is mandatory, and the line Line 7 gives log_whoidentity no value.',
    },
  ])
})

test('lines form no circle, also by way of others, and no tower', () => {
  const calling = (...numbers: number[]) =>
    newDefinition(
      [],
      numbers.map((number) => call(number)),
    )
  const circle = newParts({ lines: { 1: calling(2), 2: calling(3), 3: calling(1) } })
  expect(check(calling(1), circle, idOf(1))).toMatchObject([{ message: 'A line cannot call itself.' }])
  expect(check(calling(2), circle, idOf(1))).toEqual([
    {
      path: ['steps', 0, 'lineId'],
      message:
        'Lines may not call each other in a circle, and here this line calls Line 2 calls Line 3 calls this line.',
    },
  ])
  expect(check(calling(3), circle)).toMatchObject([{ message: expect.stringContaining('in a circle') }])
  const tower = newParts({
    lines: Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [n + 1, calling(...(n < 8 ? [n + 2] : []))]),
    ),
  })
  expect(check(calling(1), tower)).toMatchObject([{ message: expect.stringContaining('5 deep') }])
  expect(check(calling(6), tower)).toEqual([])
  const many = newParts({ lines: { 1: calling(...Array(20).fill(2)), 2: calling(3), 3: calling() } })
  expect(check(calling(1, 1, 1), many)).toMatchObject([
    { path: ['steps'], message: expect.stringContaining('123 lines') },
  ])
})
