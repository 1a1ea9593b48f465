import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readWindowsEvents } from '@/lib/collection/processing/testing/windows-events'
import { openSandbox, type Sandbox } from '@/lib/collection/sandbox/sandbox'
import { processedTarget } from '@/lib/collection/target/processed-target'
import { checkDefinition } from './check-definition'
import type { RowOutcome } from './compiled-line'
import type { LineDefinition } from './definition'
import type { LineParts } from './line-parts'
import { previewRows } from './preview-rows'
import { makeProcessor } from './row-processor'
import { stageMaker } from './stages'
import { idOf, newDefinition, newParts, newTable, WHOLE_TARGET } from './testing/parts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterAll(() => sandbox.close())

function collect(
  definition: LineDefinition,
  parts: LineParts,
  header: string[],
  rows: string[][],
): RowOutcome[] {
  expect(checkDefinition(definition, { parts, sandbox }).filter(({ isWarning }) => !isWarning)).toEqual([])
  const process = makeProcessor(definition, header, stageMaker(parts, sandbox), parts.mandants)
  return process(rows.map((cells, n) => ({ line: n + 2, raw: cells.join(';'), cells })))
}
const custom = (outcome: RowOutcome | undefined) =>
  outcome?.kind === 'event' ? outcome.event.custom : outcome

const people = newTable(1, 'lookup', 'login;name\nann;Ann\nann;Second\nbob;Bob\n;Nobody\n')
const inner = newDefinition(
  ['user'],
  [
    { kind: 'filter', expression: "row.user !== 'hidden'" },
    { kind: 'update', set: [{ attribute: 'user', expression: "'inner ' + row.user" }] },
    { kind: 'update', set: [{ attribute: 'bad', expression: "row.user === 'inner broken' ? null.x : ''" }] },
  ],
  { ...WHOLE_TARGET, custom1: '{user}', level: 'notice' },
)
const parts = newParts({ tables: [people], lines: { 7: inner } })

test('what an update sets is seen below it, and the given rows stay as they are', () => {
  const definition = newDefinition(
    ['user'],
    [
      {
        kind: 'update',
        set: [
          { attribute: 'user', expression: "row.user + '!'" },
          { attribute: 'b', expression: "row.user + '?'" },
        ],
      },
      { kind: 'filter', expression: "row.b !== 'x!?'" },
    ],
    { ...WHOLE_TARGET, custom1: '{user}', custom2: '{b}', custom3: '{other}' },
  )
  const rows = [
    ['ann', 'o'],
    ['x', 'o'],
  ]
  const outcomes = collect(
    { ...definition, source: { attributes: ['user', 'other'] } },
    parts,
    ['user', 'other'],
    rows,
  )
  expect(outcomes.map(custom)).toEqual([
    { custom1: 'ann!', custom2: 'ann!?', custom3: 'o' },
    { kind: 'filtered' },
  ])
  expect(rows).toEqual([
    ['ann', 'o'],
    ['x', 'o'],
  ])
})

test.each([
  ['blank', { custom1: 'cid', custom2: '-' }],
  ['filter', { kind: 'filtered' }],
  [
    'reject',
    {
      kind: 'rejected',
      reject: {
        code: 'no_match',
        column: 'user',
        value: 'cid',
        reason: 'Step 1: the table Table 1 has no row whose login is cid. Add one.',
      },
    },
  ],
])('a join takes the first row of a key; a row without one is %s', (missing, without) => {
  const step = {
    kind: 'join',
    tableId: people.id,
    attribute: 'user',
    keyColumn: 'login',
    missing,
    add: [{ column: 'name', attribute: 'name' }],
  }
  const definition = newDefinition(['user'], [step], {
    ...WHOLE_TARGET,
    custom1: '{user}',
    custom2: '{name}-',
  })
  const outcomes = collect(definition, parts, ['user'], [['ann'], ['cid'], ['']])
  expect(custom(outcomes[0])).toEqual({ custom1: 'ann', custom2: 'Ann-' })
  expect(custom(outcomes[1])).toEqual(without)
  expect(custom(outcomes[2])).not.toMatchObject({ custom2: 'Nobody-' })
})

test('a line that is called keeps what it sets for itself, and gives its fields back', () => {
  const definition = newDefinition(
    ['user', 'log_custom1'],
    [{ kind: 'line', lineId: idOf(7), when: "row.user !== 'other'" }],
    { ...WHOLE_TARGET, custom1: '{log_custom1}', custom2: '{user}', level: '{log_level}' },
  )
  const rows = ['ann', 'other', 'hidden', 'broken'].map((user) => [user, 'before'])
  const outcomes = collect(definition, parts, ['user', 'log_custom1'], rows)
  expect(outcomes.map(custom)).toEqual([
    { custom1: 'inner ann', custom2: 'ann' },
    { custom1: 'before', custom2: 'other' },
    { kind: 'filtered' },
    {
      kind: 'rejected',
      reject: expect.objectContaining({
        code: 'expression_failed',
        column: 'user',
        value: 'inner broken',
        reason: expect.stringMatching(
          /^In the line Line 7: Step 3: The expression for bad failed on this row: .*\.$/,
        ),
      }),
    },
  ])
  expect(outcomes[0]).toMatchObject({ event: { level: 'notice' } })
})

test('rows that the reader refused, and columns of the same name, do no harm', () => {
  const definition = newDefinition(['user'], [], { ...WHOLE_TARGET, custom1: '{user}' })
  const process = makeProcessor(
    definition,
    ['x', 'user', 'x', ''],
    stageMaker(parts, undefined),
    parts.mandants,
  )
  const reject = { code: 'nul_byte', reason: 'no' } as const
  expect(
    process([
      { line: 2, raw: null, reject },
      { line: 3, raw: '', cells: ['1', 'ann', '2', '3'] },
    ]),
  ).toMatchObject([
    { kind: 'rejected', reject },
    { kind: 'event', event: { custom: { custom1: 'ann' } } },
  ])
})

test('the recorded Windows events: all 6,138 rows by way of a line without a sandbox', () => {
  const { texts, header, rows } = readWindowsEvents()
  const windows = newParts({
    tables: [newTable(2, 'properties', texts.properties), newTable(3, 'mapping', texts.mapping)],
    mandants: ['theshire'],
  })
  const step = { kind: 'processing', propertiesId: idOf(2), mappingId: idOf(3), eventIdAttribute: 'eventid' }
  const definition = newDefinition(header, [step], processedTarget())
  const process = makeProcessor(definition, header, stageMaker(windows, undefined), windows.mandants)
  const outcomes = process(rows.map((cells, n) => ({ line: n + 2, raw: '', cells })))
  expect(outcomes.filter(({ kind }) => kind === 'event')).toHaveLength(6138)
  const created = outcomes[rows.findIndex(([eventId]) => eventId === '4720')]
  expect(created).toMatchObject({
    event: {
      message: 'A user account was created: backdoor',
      actor: { login: 'pgustavo', repository: 'THESHIRE' },
      oldValue: '0x0',
      newValue: '0x15',
    },
  })
})

const word = fc.constantFrom('ann', 'bob', 'cid', 'hidden', 'broken', '', ' x ', 'É', '7')
const name = fc.constantFrom('user', 'a', 'b', 'c')
const expressionOf = (attribute: string) =>
  fc.constantFrom(
    `row.${attribute}.toUpperCase()`,
    `row.${attribute} + '!'`,
    `row.${attribute} === '7' ? null.x : row.${attribute}.length`,
    `Object.keys(row).length + JSON.stringify(row).length`,
    `'fixed'`,
  )
const step = fc.oneof(
  fc
    .tuple(name, name)
    .chain(([attribute, from]) =>
      expressionOf(from).map((expression) => ({ kind: 'update', set: [{ attribute, expression }] })),
    ),
  name.chain((from) => fc.constant({ kind: 'filter', expression: `row.${from} !== 'hidden'` })),
  fc.tuple(name, fc.constantFrom('blank', 'filter', 'reject')).map(([attribute, missing]) => ({
    kind: 'join',
    tableId: people.id,
    attribute: 'user',
    keyColumn: 'login',
    missing,
    add: [{ column: 'name', attribute }],
  })),
  fc.boolean().map((isConditional) => ({
    kind: 'line',
    lineId: idOf(7),
    ...(isConditional && { when: "row.a !== ''" }),
  })),
)

test('what the preview shows step by step is what a run makes of the rows', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 8 }),
      fc.array(fc.tuple(word, word, word, word), { maxLength: 12 }),
      (steps, rows) => {
        const header = ['user', 'a', 'b', 'c']
        const target = { ...WHOLE_TARGET, custom1: '{user}', custom2: '{a}{b}', custom3: '{c}' }
        const definition = newDefinition(header, steps, target)
        const outcomes = collect(definition, parts, header, rows)
        const preview = previewRows({ definition, sample: { header, rows }, parts, sandbox, problems: [] })
        const eventsOf = outcomes.flatMap((outcome, row) =>
          outcome.kind === 'event' ? [{ row, event: outcome.event }] : [],
        )
        const rejectsOf = outcomes.flatMap((outcome, row) =>
          outcome.kind === 'rejected' ? [{ row, reject: outcome.reject }] : [],
        )
        expect(preview.events.map(({ row, event }) => ({ row, event }))).toEqual(eventsOf)
        expect(preview.rejects).toEqual(rejectsOf)
        expect(preview.steps).toHaveLength(steps.length + 1)
      },
    ),
    { numRuns: 60 },
  )
})
