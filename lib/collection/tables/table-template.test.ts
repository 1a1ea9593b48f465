import { expect, test } from 'vitest'
import { toAttributeMapping } from '@/lib/collection/processing/attribute-mapping'
import { checkMapping } from '@/lib/collection/processing/check-mapping'
import { toEventProperties } from '@/lib/collection/processing/event-properties'
import { readWindowsEvents } from '@/lib/collection/processing/testing/windows-events'
import { parseTable } from './parse-table'
import { readEventIds } from './read-event-ids'
import { tableTemplate } from './table-template'

/** The two files that the document gives to be copied. */
const DOCUMENT = {
  properties: 'eventid;message;category;subcategory;1;2;3;4;5;6;7;8;9;10',
  mapping:
    'eventid;description;log_mandant;log_datasource;log_externalref;log_family;log_date;log_wheresource;log_wheredestination;log_whologin;log_whorepository;log_whoidentity;log_whosessionid;log_whateventcategory;log_whateventcode;log_whateventcodelabel;log_whataction;log_whatpayload;log_whatstatus;log_whatcount;log_whatdisplayname;log_whattargettype;log_whattargetname;log_whattargetparent;log_whattarget2type;log_whattarget2name;log_whattarget2parent;log_whatoldvalue;log_whatnewvalue;log_whatdata;log_custom1;log_custom2;log_custom3;log_custom4;log_custom5;log_custom6;log_custom7;log_custom8;log_custom9;log_custom10;log_custom11;log_custom12;log_custom13;log_custom14;log_custom15;log_custom16;log_custom17;log_custom18;log_custom19',
}

test.each(['properties', 'mapping'] as const)(
  'an empty template of %s is the header of the format',
  (kind) => {
    expect(tableTemplate({ kind })).toBe(`${DOCUMENT[kind]}\n`)
  },
)

test('templates made of a sample are tables without errors, with a row for each event id that it has', () => {
  const { header, rows } = readWindowsEvents()
  const seen = readEventIds(header, rows, 'eventid')
  expect(seen.eventIds).toHaveLength(32)
  expect(seen.propertyCounts['4720']).toBe(12)
  const properties = parseTable('properties', tableTemplate({ kind: 'properties', ...seen }))
  expect(properties.problems).toEqual([])
  expect(properties.content.columns.at(-1)).toBe('12')
  const types = toEventProperties(properties.content)
  expect(types.get('4720')).toMatchObject({ message: 'Event 4720', names: { length: 12 } })
  const text = tableTemplate({ kind: 'mapping', attributes: header, properties: types })
  const mapping = parseTable('mapping', text)
  expect(mapping.problems).toEqual([])
  const problems = checkMapping(types, toAttributeMapping(mapping.content), header)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const row = Object.fromEntries(
    mapping.content.columns.map((name, i) => [name, mapping.content.rows[0]?.[i]]),
  )
  expect(row).toMatchObject({
    log_date: '{timestamp}',
    log_datasource: '{computer}',
    log_externalref: '{recordnumber}',
    log_whologin: '{subjectuser}',
    log_whorepository: '{subjectdomain}',
    log_whatstatus: '{outcome}',
    log_whatcount: '1',
    log_whateventcodelabel: '{message}',
    log_whatdata: '{formattedRawData}',
    log_family: '',
  })
})

test('a sample without that column is told with the nearest', () => {
  expect(() => readEventIds(['EventID', 'user'], [], 'eventid')).toThrow(
    'The sample has no column eventid. Did you mean EventID?',
  )
})
