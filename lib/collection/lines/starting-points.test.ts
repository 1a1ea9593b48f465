import { expect, test } from 'vitest'
import { lineDefinitionSchema } from './definition'
import { guessDate } from './guess-date'
import { STARTING_POINTS, startLine } from './starting-points'

const seen = {
  header: ['Time Stamp', 'User Name', 'domain', 'ip', 'operation', 'message', 'a{b}', 'ip', ''],
  rows: [['14.09.2020 12:05:46', 'ann', 'ACME', '10.0.0.1', 'read', 'Read a file', '', '', '']],
}

test.each(STARTING_POINTS)('what $title begins with is a definition', ({ name }) => {
  const definition = startLine(name, seen)
  expect(lineDefinitionSchema.parse(definition)).toEqual(definition)
  expect(definition.source.attributes).toEqual([
    'Time Stamp',
    'User Name',
    'domain',
    'ip',
    'operation',
    'message',
  ])
})

test('columns go to the fields that they are called like, and dates are turned round', () => {
  expect(
    startLine('columns', {
      ...seen,
      header: ['timestamp', 'User Name', 'domain', 'ip', 'operation', 'message'],
    }),
  ).toMatchObject({
    steps: [
      {
        kind: 'update',
        set: [{ attribute: 'log_date', expression: "parseDate(row.timestamp, 'DD.MM.YYYY HH:mm:ss')" }],
      },
    ],
    target: {
      date: '{log_date}',
      whologin: '{User Name}',
      whorepository: '{domain}',
      wheresource: '{ip}',
      whataction: '{operation}',
      whatdisplaylabel: '{message}',
      whatcount: '1',
    },
  })
})

test('log processing begins with its two tables and the column of event ids', () => {
  const tables = { propertiesId: crypto.randomUUID(), mappingId: crypto.randomUUID() }
  const { steps, target } = startLine('processing', { header: ['EventID', 'properties'], rows: [] }, tables)
  expect(steps).toEqual([
    { kind: 'processing', note: '', ...tables, eventIdAttribute: 'EventID', unknown: 'reject' },
  ])
  expect(target.whologin).toBe('{log_whologin}')
})

test.each([
  ['20200914120546', undefined],
  ['2020-09-14T12:05:46Z', 'new Date(row.t)'],
  ['1600085146', 'new Date(Number(row.t) * 1000)'],
  ['14/Sep/2020:12:05:46 +0200', "parseDate(row.t, 'DD/MMM/YYYY:HH:mm:ss Z')"],
  ['03/04/2020', undefined],
  ['', undefined],
])('the date %s is read by %s', (text, expression) => expect(guessDate([text], 'row.t')).toBe(expression))
