import { z } from 'zod'
import { idAnswerSchema } from '@/lib/api/answer-parts'
import { csv, json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import {
  checkTableSchema,
  createTableSchema,
  listTablesSchema,
  tableTemplateSchema,
} from '@/lib/collection/tables/input'
import {
  savedTableAnswerSchema,
  tableAnswerSchema,
  tableDifferencesAnswerSchema,
  tableProblemsAnswerSchema,
  tablesAnswerSchema,
  tableVersionsAnswerSchema,
} from './line-answers'
import { collectionOperation } from './operation-parts'
import {
  changeTableSchema,
  diffQuerySchema,
  restoreTableBodySchema,
  tableContentSchema,
  tableVersionQuerySchema,
} from './table-queries'

const TABLES = '/api/v1/tables'
const PROPERTIES =
  'eventid;message;category;subcategory;1;2\n4720;A user account was created;Account;;Name;Sid\n'
const text = z.string().describe('CSV with a header, UTF-8.')
const REFUSED = 'The table is refused; `errors` names each row and column that is wrong.'

/** What lines look things up in. */
export const TABLE_OPERATIONS: readonly Operation[] = [
  collectionOperation({
    id: 'listTables',
    method: 'GET',
    path: TABLES,
    query: listTablesSchema,
    permission: 'collection:read',
    summary: 'List tables',
    description: 'Event properties, mappings of log attributes, and tables that rows are joined with.',
    answers: { 200: json('The tables, by name.', tablesAnswerSchema) },
  }),
  collectionOperation({
    id: 'createTable',
    method: 'POST',
    path: TABLES,
    permission: 'collection:manage',
    summary: 'Add a table',
    description:
      '`properties` and `mapping` are the two configuration files of log processing, `lookup` any other table. All that is wrong with it is told at once, by row and column.',
    input: {
      description: 'The table, its rows as CSV.',
      schema: createTableSchema,
      example: { kind: 'properties', name: 'Windows event properties', content: PROPERTIES },
    },
    answers: {
      201: {
        ...json('It is there.', savedTableAnswerSchema),
        headers: { location: { description: 'Its path.', schema: z.string() } },
      },
    },
    problems: { 400: REFUSED, 409: 'There is a table of this name, or there are too many.' },
  }),
  collectionOperation({
    id: 'checkTable',
    method: 'POST',
    path: `${TABLES}/check`,
    permission: 'collection:read',
    summary: 'Check a table without saving it',
    description:
      'What is wrong with its rows, by row and column. A mapping is checked against the event properties that `companionId` names, too.',
    input: {
      description: 'What kind, and its rows as CSV.',
      schema: checkTableSchema,
      example: { kind: 'properties', content: PROPERTIES },
    },
    answers: { 200: json('All that is wrong; empty if nothing is.', tableProblemsAnswerSchema) },
    problems: { 404: 'There are no such event properties in this workspace.' },
  }),
  collectionOperation({
    id: 'makeTableTemplate',
    method: 'POST',
    path: `${TABLES}/template`,
    permission: 'collection:read',
    summary: 'Make a template of a configuration file',
    description: 'The header, and a row for each event id that you name. Nothing is stored.',
    input: {
      description: 'What kind, and for which event ids.',
      schema: tableTemplateSchema,
      example: { kind: 'mapping', eventIds: ['4720', '4722'] },
    },
    answers: { 200: { description: 'The file.', content: csv(text) } },
    problems: { 404: 'There are no such event properties in this workspace.' },
  }),
  collectionOperation({
    id: 'getTable',
    method: 'GET',
    path: `${TABLES}/{id}`,
    of: 'table',
    query: tableVersionQuerySchema,
    permission: 'collection:read',
    summary: 'Get a table',
    description: 'With its rows, or those of an earlier version, and what may be wrong with them.',
    answers: { 200: json('The table.', tableAnswerSchema) },
  }),
  collectionOperation({
    id: 'updateTable',
    method: 'PUT',
    path: `${TABLES}/{id}`,
    of: 'table',
    permission: 'collection:manage',
    summary: 'Change a table',
    description: 'What is left out stays. Content that differs becomes a new version.',
    input: { description: 'What changes.', schema: changeTableSchema, example: { content: PROPERTIES } },
    answers: { 200: json('It is changed.', savedTableAnswerSchema) },
    problems: {
      400: REFUSED,
      409: 'Somebody has changed it since `unchangedSince`, or another table has this name.',
    },
  }),
  collectionOperation({
    id: 'removeTable',
    method: 'DELETE',
    path: `${TABLES}/{id}`,
    of: 'table',
    permission: 'collection:manage',
    summary: 'Remove a table',
    description: 'Only one that no line uses.',
    answers: { 200: json('It is removed.', idAnswerSchema) },
    problems: { 409: 'A line uses it.' },
  }),
  collectionOperation({
    id: 'exportTable',
    method: 'GET',
    path: `${TABLES}/{id}/content`,
    of: 'table',
    query: tableVersionQuerySchema,
    permission: 'collection:read',
    summary: 'Download a table',
    description: 'As CSV, as it can be uploaded again.',
    answers: { 200: { description: 'The file.', content: csv(text) } },
    example: { more: '-o eventmapping.csv' },
  }),
  collectionOperation({
    id: 'replaceTable',
    method: 'PUT',
    path: `${TABLES}/{id}/content`,
    of: 'table',
    permission: 'collection:manage',
    summary: 'Replace a table’s rows',
    description: 'With a CSV file, or the same as JSON. Content that differs becomes a new version.',
    body: {
      description: 'The file.',
      required: true,
      content: { ...csv(text), 'application/json': tableContentSchema },
    },
    answers: { 200: json('It is saved.', savedTableAnswerSchema) },
    problems: { 400: REFUSED, 413: 'The body is too large.', 415: 'The body is neither CSV nor JSON.' },
    example: { more: '\\\n  -H "Content-Type: text/csv" --data-binary @eventmapping.csv' },
  }),
  collectionOperation({
    id: 'restoreTable',
    method: 'POST',
    path: `${TABLES}/{id}/restore`,
    of: 'table',
    permission: 'collection:manage',
    summary: 'Restore a version of a table',
    description: 'Its rows then become its newest version.',
    input: { description: 'Which version.', schema: restoreTableBodySchema, example: { version: 1 } },
    answers: { 200: json('It is saved.', savedTableAnswerSchema) },
    problems: { 409: 'Somebody has changed it since `unchangedSince`.' },
  }),
  collectionOperation({
    id: 'diffTable',
    method: 'GET',
    path: `${TABLES}/{id}/diff`,
    of: 'table',
    query: diffQuerySchema,
    permission: 'collection:read',
    summary: 'Compare two versions of a table',
    description:
      'Rows that were added, removed and changed between them. Rows are the same by their first cell.',
    answers: { 200: json('The differences.', tableDifferencesAnswerSchema) },
    example: { query: '?from=1&to=2' },
  }),
  collectionOperation({
    id: 'listTableVersions',
    method: 'GET',
    path: `${TABLES}/{id}/versions`,
    of: 'table',
    permission: 'collection:read',
    summary: 'List versions of a table',
    description: 'Latest first: who saved it, and when.',
    answers: { 200: json('The versions.', tableVersionsAnswerSchema) },
  }),
]
