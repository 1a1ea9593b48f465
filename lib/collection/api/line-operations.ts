import { z } from 'zod'
import { idAnswerSchema } from '@/lib/api/answer-parts'
import { json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import { checkLineSchema, createLineSchema, previewLineSchema } from '@/lib/collection/lines/input'
import { importLineSchema, lineFileSchema } from '@/lib/collection/lines/line-file'
import {
  importedAnswerSchema,
  lineAnswerSchema,
  lineProblemsAnswerSchema,
  linesAnswerSchema,
  lineVersionsAnswerSchema,
  previewAnswerSchema,
  savedLineAnswerSchema,
} from './line-answers'
import { changeLineSchema, lineVersionQuerySchema, restoreBodySchema } from './line-queries'
import { collectionOperation } from './operation-parts'

const LINES = '/api/v1/lines'

/** A line that needs no table. */
const DEFINITION = {
  source: { attributes: ['at', 'login', 'what'] },
  steps: [
    { kind: 'filter', expression: 'row.what !== "heartbeat"' },
    { kind: 'update', set: [{ attribute: 'date', expression: 'formatDate(row.at)' }] },
  ],
  target: {
    datasource: 'badge-reader',
    family: 'access',
    date: '{date}',
    whologin: '{login}',
    whorepository: 'badges',
    whateventcode: '{what}',
    whateventcodelabel: '{what}',
    whataction: '{what}',
    whatcount: '1',
  },
}
const SAMPLE = { header: ['at', 'login', 'what'], rows: [['2026-11-21T07:58:00Z', 'jdoe', 'entered']] }

/** How the rows of a file become events. */
export const LINE_OPERATIONS: readonly Operation[] = [
  collectionOperation({
    id: 'listLines',
    method: 'GET',
    path: LINES,
    permission: 'collection:read',
    summary: 'List collection lines',
    description: 'All lines, with the silos and lines that use them.',
    answers: { 200: json('The lines, by name.', linesAnswerSchema) },
  }),
  collectionOperation({
    id: 'createLine',
    method: 'POST',
    path: LINES,
    permission: 'collection:manage',
    summary: 'Add a collection line',
    description:
      'A source, ordered steps, and the log target with a template for each of its fields. It is checked as a whole: `errors` names each place that is wrong. A first version is made.',
    input: {
      description: 'The line.',
      schema: createLineSchema,
      example: { name: 'Badge reader', definition: DEFINITION },
    },
    answers: {
      201: {
        ...json('It is there.', idAnswerSchema),
        headers: { location: { description: 'Its path.', schema: z.string() } },
      },
    },
    problems: { 409: 'There is a line of this name, or there are too many.' },
  }),
  collectionOperation({
    id: 'checkLine',
    method: 'POST',
    path: `${LINES}/check`,
    permission: 'collection:manage',
    summary: 'Check a line without saving it',
    description: 'What is wrong with a definition, and where. With `id`, as if it became that line.',
    input: { description: 'The definition.', schema: checkLineSchema, example: { definition: DEFINITION } },
    answers: { 200: json('All that is wrong; empty if nothing is.', lineProblemsAnswerSchema) },
  }),
  collectionOperation({
    id: 'previewLine',
    method: 'POST',
    path: `${LINES}/preview`,
    permission: 'collection:manage',
    summary: 'Send sample rows through a line',
    description:
      'The rows as they are after each step, and the events that they would become. Nothing is stored. A sample is what `GET …/files/{id}/sample` gives, or anything that you make up.',
    input: {
      description: 'The definition and the rows.',
      schema: previewLineSchema,
      example: { definition: DEFINITION, sample: SAMPLE },
    },
    answers: { 200: json('The rows after each step.', previewAnswerSchema) },
  }),
  collectionOperation({
    id: 'importLine',
    method: 'POST',
    path: `${LINES}/import`,
    permission: 'collection:manage',
    summary: 'Import a line from a file',
    description:
      'The line, the lines that it calls and their tables, all or nothing: what `GET /lines/{id}/export` gave, here or in another workspace. What is here under the same name must be the same, unless `replaces` lets it have a new version.',
    input: {
      description: 'The file.',
      schema: importLineSchema,
      example: { file: { format: 'spoor-line/1', line: { name: 'Badge reader', definition: DEFINITION } } },
    },
    answers: { 200: json('What was added and changed.', importedAnswerSchema) },
    problems: { 409: 'Something of the same name is here, and differs.' },
  }),
  collectionOperation({
    id: 'exportLine',
    method: 'GET',
    path: `${LINES}/{id}/export`,
    of: 'line',
    query: lineVersionQuerySchema,
    permission: 'collection:read',
    summary: 'Export a line as a file',
    description: 'With the lines that it calls and their tables, in their newest versions.',
    answers: { 200: json('The file.', lineFileSchema.meta({ id: 'LineFile' })) },
    example: { more: '-o line.json' },
  }),
  collectionOperation({
    id: 'getLine',
    method: 'GET',
    path: `${LINES}/{id}`,
    of: 'line',
    query: lineVersionQuerySchema,
    permission: 'collection:read',
    summary: 'Get a collection line',
    description: 'With what it does, or did in an earlier version.',
    answers: { 200: json('The line.', lineAnswerSchema) },
  }),
  collectionOperation({
    id: 'updateLine',
    method: 'PUT',
    path: `${LINES}/{id}`,
    of: 'line',
    permission: 'collection:manage',
    summary: 'Change a collection line',
    description:
      'What is left out stays. A definition that differs becomes a new version; runs take it with the next file.',
    input: { description: 'What changes.', schema: changeLineSchema, example: { definition: DEFINITION } },
    answers: { 200: json('It is changed.', savedLineAnswerSchema) },
    problems: { 409: 'Somebody has changed it since `unchangedSince`, or another line has this name.' },
  }),
  collectionOperation({
    id: 'removeLine',
    method: 'DELETE',
    path: `${LINES}/{id}`,
    of: 'line',
    permission: 'collection:manage',
    summary: 'Remove a collection line',
    description: 'Only one that no silo and no line uses.',
    answers: { 200: json('It is removed.', idAnswerSchema) },
    problems: { 409: 'A silo or another line uses it.' },
  }),
  collectionOperation({
    id: 'restoreLine',
    method: 'POST',
    path: `${LINES}/{id}/restore`,
    of: 'line',
    permission: 'collection:manage',
    summary: 'Restore a version of a line',
    description: 'What it did then becomes its newest version, if that can still run.',
    input: { description: 'Which version.', schema: restoreBodySchema, example: { version: 1 } },
    answers: { 200: json('It is changed.', savedLineAnswerSchema) },
    problems: { 409: 'Somebody has changed it since `unchangedSince`.' },
  }),
  collectionOperation({
    id: 'listLineVersions',
    method: 'GET',
    path: `${LINES}/{id}/versions`,
    of: 'line',
    permission: 'collection:read',
    summary: 'List versions of a line',
    description: 'Latest first: who saved it, and when.',
    answers: { 200: json('The versions.', lineVersionsAnswerSchema) },
  }),
]
