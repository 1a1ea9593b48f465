import { expect, test } from 'vitest'
import { parseTable } from '@/lib/collection/tables/parse-table'
import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'
import { MAPPING_COLUMNS, toAttributeMapping } from './attribute-mapping'
import { checkMapping } from './check-mapping'
import { compileProcessing, type ProcessingOptions } from './compile-processing'
import { toEventProperties } from './event-properties'

/** The four events of the document that the two files come from. */
const PROPERTIES = `eventid;message;category;subcategory;1;2
RD;Read File;File;Access;Offset;Length
WR;Write File;File;Access;Offset;Length
REN;Renamed File;File;Change;New File
DEL;Delete File;File;Change`

const properties = toEventProperties(parseTable('properties', PROPERTIES).content)

type Cells = Record<string, string>

/** A mapping with one row an event, and those of its columns that are given. */
function mappingOf(events: Record<string, Cells>) {
  const rows = Object.entries(events).map(([eventid, cells]) =>
    MAPPING_COLUMNS.map((column) => ({ eventid, ...cells })[column] ?? ''),
  )
  return toAttributeMapping({ columns: [...MAPPING_COLUMNS], rows })
}

const OPTIONS: ProcessingOptions = {
  attributes: ['id', 'file', 'user', 'properties'],
  eventIdAttribute: 'id',
  unknown: 'reject',
}

/** What a row becomes, by the target's names, without blanks. */
function run(events: Record<string, Cells>, cells: string[], options: Partial<ProcessingOptions> = {}) {
  const result = compileProcessing(properties, mappingOf(events), { ...OPTIONS, ...options })(cells)
  if (!Array.isArray(result)) return result
  expect(result).toHaveLength(47)
  return Object.fromEntries(TARGET_FIELDS.map((name, i) => [name, result[i]]).filter(([, value]) => value))
}

test('every syntax of a cell, alone and mixed', () => {
  const cells = {
    log_datasource: 'static',
    log_whologin: '{user}',
    log_whateventcategory: '{category}/{subcategory}',
    log_whateventcodelabel: '{message}',
    log_whatdisplayname: '{message} {file} to {param.NewFile}',
    log_whatdata: '{formattedRawData}',
    log_whatpayload: '{{{param.New File}}}',
    log_whateventcode: 'FS-{eventid}',
  }
  expect(run({ REN: cells }, ['REN', 'a.txt', 'jdoe', 'b.txt'])).toEqual({
    datasource: 'static',
    whologin: 'jdoe',
    whateventcategory: 'File/Change',
    whateventcodelabel: 'Renamed File',
    whatdisplaylabel: 'Renamed File a.txt to b.txt',
    whatdata: ' New File: b.txt',
    whatpayload: '{b.txt}',
    whateventcode: 'FS-REN',
  })
})

test('a row without properties has blank ones, and a missing cell is blank', () => {
  const cells = { log_whatdata: '{formattedRawData}', log_custom1: '{param.Offset}', log_whologin: '{user}' }
  expect(run({ RD: cells }, ['RD', 'a.txt', 'jdoe', ''])).toEqual({
    whatdata: ' Offset:\n Length:',
    whologin: 'jdoe',
  })
  expect(run({ RD: cells }, ['RD'])).toEqual({ whatdata: ' Offset:\n Length:' })
})

test('a value without a name is a reject that says which, and how many there are; blank ones at the end are none', () => {
  const cells = { log_custom1: '{param.Offset}' }
  expect(run({ RD: cells }, ['RD', '', '', '1|2|3'])).toEqual({
    code: 'too_many_properties',
    column: 'properties',
    value: '3',
    reason: 'Event RD has 3 properties here, and 2 in the event properties table. Name the others there.',
  })
  expect(run({ RD: cells }, ['RD', '', '', '1|2||'])).toEqual({ custom1: '1' })
  expect(run({ DEL: { log_whatdata: '{formattedRawData}' } }, ['DEL', '', '', ''])).toEqual({})
})

test('properties that no template asks for are not looked at', () => {
  expect(run({ RD: { log_whologin: '{user}' } }, ['RD', '', 'jdoe', '1|2|3'])).toEqual({ whologin: 'jdoe' })
})

test('an unknown event id is a reject that says in which table it is missing, or is filtered', () => {
  const events = { RD: { log_whologin: '{user}' } }
  expect(run(events, ['WR', '', '', ''])).toMatchObject({
    code: 'unknown_event_id',
    column: 'id',
    value: 'WR',
    reason: 'Event WR is in the event properties table, but not in the mapping table. Add a row there.',
  })
  expect(run(events, ['RDX', '', '', ''])).toMatchObject({
    reason: 'Event RDX is in neither table. Add a row to both. Did you mean RD?',
  })
  expect(run(events, ['', '', '', ''])).toMatchObject({ reason: 'The row has no event id.' })
  expect(run(events, ['WR', '', '', ''], { unknown: 'filter' })).toBe('filtered')
  expect(run(events, [' RD ', '', 'jdoe', ''])).toEqual({ whologin: 'jdoe' })
})

test('the properties file goes before attributes of the same name', () => {
  const options = { attributes: ['id', 'message'] }
  expect(run({ RD: { log_custom1: '{message}' } }, ['RD', 'of the row'], options)).toEqual({
    custom1: 'Read File',
  })
})

test.each([
  ['{usr}', 'There is no attribute usr. Did you mean {user}?'],
  ['{nothing like it}', 'There is no attribute nothing like it. Rows have id, file, user, properties.'],
  ['{mesage}', 'There is no attribute mesage. Did you mean {message}?'],
  ['{formattedrawdata}', 'There is no attribute formattedrawdata. Did you mean {formattedRawData}?'],
  ['{param.Ofset}', 'Event RD has no property Ofset. Did you mean {param.Offset}?'],
  ['{param.Colour}', 'Event RD has no property Colour. It has Offset, Length.'],
  ['{Offset}', 'There is no attribute Offset. Did you mean {param.Offset}?'],
  ['{user', 'The brace opened at character 1 is not closed. A brace as such is written {{.'],
])('%s is an error that names row, column and the nearest known name', (template, detail) => {
  const mapping = mappingOf({ WR: {}, RD: { log_whologin: template } })
  const errors = checkMapping(properties, mapping, OPTIONS.attributes).filter(
    ({ severity }) => severity === 'error',
  )
  expect(errors).toEqual([{ table: 'mapping', row: 3, column: 'log_whologin', detail, severity: 'error' }])
  expect(() => compileProcessing(properties, mapping, { ...OPTIONS, mappingName: 'Files' })).toThrow(
    `Mapping table Files, row 3, column log_whologin: ${detail}`,
  )
})

test('{message} of an event that the properties file lacks is an error, and a property where rows have none', () => {
  const detailsOf = (events: Record<string, Cells>, attributes: string[]) =>
    checkMapping(properties, mappingOf(events), attributes)
      .filter(({ severity }) => severity === 'error')
      .map(({ detail }) => detail)
  expect(detailsOf({ NEW: { log_custom1: '{message}' } }, ['id'])).toEqual([
    '{message} needs event NEW in the event properties table. Add a row there.',
  ])
  expect(detailsOf({ RD: { log_custom1: '{param.Offset}' } }, ['id', 'Properties'])).toEqual([
    '{param.Offset} needs an attribute properties, with values separated by |. There is Properties: set properties to it in an update step.',
  ])
})

test('a property name that is there twice may be shown, but not meant', () => {
  const twice = toEventProperties(
    parseTable('properties', 'eventid;message;category;subcategory;1;2\nL;Logon;;;Security ID;Security ID')
      .content,
  )
  const shown = mappingOf({ L: { log_whatdata: '{formattedRawData}' } })
  expect(compileProcessing(twice, shown, OPTIONS)(['L', '', '', 'a|b'])).toContain(
    ' Security ID: a\n Security ID: b',
  )
  const meant = mappingOf({ L: { log_custom1: '{param.Security ID}' } })
  expect(checkMapping(twice, meant, OPTIONS.attributes)[0]?.detail).toBe(
    'Event L has two properties Security ID, numbers 1 and 2. Give them different names.',
  )
})

test('events that are in one of the tables only, and mandatory fields that are blank, are warnings', () => {
  const full = Object.fromEntries(MAPPING_COLUMNS.slice(2).map((column) => [column, '1']))
  const mapping = mappingOf({ RD: { ...full, log_date: ' ' }, WR: full, REN: full, NEW: full })
  expect(checkMapping(properties, mapping, OPTIONS.attributes)).toEqual([
    {
      table: 'properties',
      row: 5,
      column: 'eventid',
      detail: "Event DEL has no row in the mapping table: its rows can't be collected.",
      severity: 'warning',
    },
    {
      table: 'mapping',
      row: 5,
      column: 'eventid',
      detail: 'Event NEW has no row in the event properties table.',
      severity: 'warning',
    },
    {
      table: 'mapping',
      row: 2,
      column: 'log_date',
      detail: 'log_date of event RD is blank, and the log target needs it.',
      severity: 'warning',
    },
  ])
})

test('while attributes are not known, any name may be one, but properties are looked up', () => {
  const mapping = mappingOf({ RD: { log_custom1: '{whatever} {param.Ofset}' } })
  const errors = checkMapping(properties, mapping).filter(({ severity }) => severity === 'error')
  expect(errors.map(({ detail }) => detail)).toEqual([
    'Event RD has no property Ofset. Did you mean {param.Offset}?',
  ])
})

test('an event id attribute that rows do not have is told with the nearest', () => {
  expect(() => compileProcessing(properties, mappingOf({}), { ...OPTIONS, eventIdAttribute: 'usr' })).toThrow(
    'Rows have no attribute usr. Did you mean user?',
  )
})
