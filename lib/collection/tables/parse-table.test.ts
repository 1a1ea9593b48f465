import { expect, test } from 'vitest'
import { MAPPING_COLUMNS } from '@/lib/collection/processing/attribute-mapping'
import { readWindowsEvents } from '@/lib/collection/processing/testing/windows-events'
import { formatTable } from './format-table'
import { parseTable } from './parse-table'

const problemsOf = (...args: Parameters<typeof parseTable>) =>
  parseTable(...args).problems.map(
    ({ row, column, detail, severity }) => `${severity} ${row} ${column ?? '-'}: ${detail}`,
  )

const HEADER = 'eventid;message;category;subcategory;1;2'
const MAPPING_HEADER = MAPPING_COLUMNS.join(';')
const mappingRow = (cells: Record<string, string>) =>
  MAPPING_COLUMNS.map((column) => ({ eventid: 'RD', ...cells })[column] ?? '').join(';')

test('the recorded configuration files are read as they are, and written as they were', () => {
  const { texts } = readWindowsEvents()
  for (const kind of ['properties', 'mapping'] as const) {
    const { content, problems } = parseTable(kind, texts[kind], new Set(['theshire']))
    expect(problems).toEqual([])
    expect(content.rows).toHaveLength(32)
    expect(formatTable(content)).toBe(texts[kind].replaceAll('\r\n', '\n'))
  }
})

test('event properties: cells at the end may be left out, spaces around are none, names may have some', () => {
  const { content, problems } = parseTable(
    'properties',
    `\ufeff${HEADER}\r\nREN; Renamed File ;File;;New File\r\n;;;\r\n`,
  )
  expect(problems).toEqual([])
  expect(content.rows).toEqual([['REN', 'Renamed File', 'File', '', 'New File', '']])
})

test('event properties: everything that is wrong is told at once, by row and column', () => {
  const text = `${HEADER}
RD;;File;;Offset
;Nameless;File;
RD;Read again;File;;;Length
WR;Write;File;;a{b;c|d
DEL;Delete;File;;1;2;3`
  expect(problemsOf('properties', text)).toEqual([
    'error 6 -: The row has 7 cells and the header 6: 3 has no column.',
    'error 3 eventid: The row has no eventid.',
    'error 4 eventid: Event RD is in row 2 already. Keep one of the two.',
    'error 2 message: Event RD has no message.',
    'error 4 1: Property 1 has no name, but one behind it has.',
    'error 5 1: A name has no braces: a{b.',
    'error 5 2: A name has no |, which separates values: c|d.',
  ])
})

test.each([
  ['eventid;mesage;category;subcategory;1', 'Column 2 is mesage and must be message. Did you mean message?'],
  ['eventid;message;category;subcategory;1;3', 'Column 6 is 3 and must be 2. The columns are eventid,'],
  ['eventid;message;category', 'There is no column subcategory.'],
  ['EventId;message;category;subcategory', 'Column 1 is EventId and must be eventid. Did you mean eventid?'],
  ['eventid,message,category,subcategory', 'The columns are separated by commas.'],
  ['', 'The first row names the columns, and there is none.'],
])('the header %j is told', (header, detail) => {
  expect(problemsOf('properties', header)).toEqual([expect.stringContaining(detail)])
})

test('a mapping has its 49 columns in any order, and either name of the display label', () => {
  const columns = MAPPING_COLUMNS.toReversed().map((name) =>
    name === 'log_whatdisplayname' ? 'log_whatdisplaylabel' : name,
  )
  const cells = columns.map((name) => (name === 'eventid' ? 'RD' : `x ${name}`))
  const { content } = parseTable('mapping', `${columns.join(';')}\n${cells.join(';')}`)
  expect(content.columns).toEqual(MAPPING_COLUMNS)
  expect(content.rows[0]?.slice(0, 3)).toEqual(['RD', 'x description', 'x log_mandant'])
  expect(content.rows[0]?.[MAPPING_COLUMNS.indexOf('log_whatdisplayname')]).toBe('x log_whatdisplaylabel')
})

test('a column that is missing, misspelt or there twice is told, with the nearest', () => {
  const misspelt = MAPPING_HEADER.replace('log_family', 'log_familiy')
  expect(problemsOf('mapping', misspelt)).toEqual([
    'error 1 log_familiy: There is no column log_familiy in this file. Did you mean log_family?',
    'error 1 log_family: The column log_family is missing: there are exactly 49.',
  ])
  expect(problemsOf('mapping', MAPPING_HEADER.replace('log_date', 'LOG_DATE'))[0]).toBe(
    'error 1 LOG_DATE: There is no column LOG_DATE in this file. Did you mean log_date?',
  )
  expect(problemsOf('mapping', `${MAPPING_HEADER};log_whatdisplaylabel`)).toEqual([
    'error 1 log_whatdisplaylabel: The column log_whatdisplaylabel is there twice, as log_whatdisplayname. Keep one of the two.',
  ])
  expect(problemsOf('mapping', `${MAPPING_HEADER};log_custom20`)[0]).toContain(
    'There is no column log_custom20',
  )
})

test('cells of a mapping: bad templates are errors, texts that can be no value of their field are warnings', () => {
  const text = [
    MAPPING_HEADER,
    mappingRow({ log_date: '20230229000000', log_whatcount: '0', log_whattargettype: 'acount' }),
    mappingRow({ eventid: 'WR', log_whologin: '{user', log_mandant: 'globex' }),
    'DEL;x',
  ].join('\n')
  expect(problemsOf('mapping', text, new Set(['acme']))).toEqual([
    'error 4 -: The row has too few cells: 2 instead of 49.',
    'error 3 log_whologin: The brace opened at character 1 is not closed. A brace as such is written {{.',
    'warning 2 log_date: There is no day 29 in February 2023, which has 28.',
    'warning 2 log_whatcount: A count is a whole number from 1; of a single event it is 1.',
    'warning 2 log_whattargettype: There is no such type of a target. Did you mean account?',
    "warning 3 log_mandant: globex is no name of this workspace: its rows will be rejected. Leave the cell blank, or add the name to the workspace's aliases.",
  ])
})

test.each([
  ['code,label\n4722,"A user account, enabled"\n', ['4722', 'A user account, enabled']],
  ['code\tlabel\n4722\tA user; enabled\n', ['4722', 'A user; enabled']],
  ['code;label\n4722;x\n', ['4722', 'x']],
])('a lookup may be separated by anything usual', (text, row) => {
  const { content, problems } = parseTable('lookup', text)
  expect(problems).toEqual([])
  expect(content).toEqual({ columns: ['code', 'label'], rows: [row] })
})

test('a lookup may have one column, and keys that are there twice', () => {
  expect(parseTable('lookup', 'code\n1\n1\n').content).toEqual({ columns: ['code'], rows: [['1'], ['1']] })
})

test('a lookup needs a name for every column, and a cell for each', () => {
  expect(problemsOf('lookup', 'a;a;;{b}\n1;2\n1;2;3;4;5')).toEqual([
    'error 1 a: Columns 1 and 2 are both named a.',
    'error 1 -: Column 3 has no name.',
    'error 1 {b}: A name has no braces: {b}.',
    'error 2 -: The row has too few cells: 2 instead of 4.',
    'error 3 -: The row has too many cells: 5 instead of 4.',
  ])
})

test('columns that a spreadsheet left empty behind the table are none', () => {
  expect(parseTable('lookup', 'a;b;;\n1;2;;\n;;;\n').content).toEqual({
    columns: ['a', 'b'],
    rows: [['1', '2']],
  })
})

test('what no store keeps, and letters that were lost on the way, are told with their line', () => {
  expect(problemsOf('lookup', 'a;b\n1;x\0\n2;M\ufffdller')).toEqual([
    'error 2 -: There is a NUL character, which no store keeps.',
    'error 3 -: There are letters that were lost: save the file as UTF-8 and take it from there.',
  ])
})

test('of a table that is wrong throughout, fifty problems are told', () => {
  const rows = Array.from({ length: 500 }, (_, i) => `E${i};;;`)
  expect(parseTable('properties', [HEADER, ...rows].join('\n')).problems).toHaveLength(50)
})

test('a table of more than 200,000 rows is refused', () => {
  expect(problemsOf('lookup', `a;b\n${'x;y\n'.repeat(200_000)}`)).toEqual([])
  expect(problemsOf('lookup', `a;b\n${'x;y\n'.repeat(200_001)}`)).toEqual([
    'error 200002 -: There are more than 200000 rows.',
  ])
})
