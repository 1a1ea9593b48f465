import { z } from 'zod'
import { csv, json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import { collectionOperation } from './operation-parts'
import {
  discardedAnswerSchema,
  dryRunAnswerSchema,
  rejectsAnswerSchema,
  runSchema,
  runsAnswerSchema,
} from './run-answers'
import {
  discardBodySchema,
  dryRunBodySchema,
  rejectsQuerySchema,
  runPageSchema,
  runsQuerySchema,
} from './run-queries'

const SILO = '/api/v1/silos/{name}'
const RUNS = '/api/v1/collection-runs'
const OPEN = 'The silo has an open run: wait for its end, or cancel it.'
const table = z
  .string()
  .describe('A header and one row a reject: silo, file, line, column, value, reason, code, state, raw.')

/** Runs of silos, and the rows that they could not collect. */
export const RUN_OPERATIONS: readonly Operation[] = [
  collectionOperation({
    id: 'listSiloRuns',
    method: 'GET',
    path: `${SILO}/runs`,
    of: 'silo',
    query: runPageSchema,
    permission: 'collection:read',
    summary: 'List a silo’s runs',
    description: 'Latest first.',
    answers: { 200: json('A page.', runsAnswerSchema) },
  }),
  collectionOperation({
    id: 'requestRun',
    method: 'POST',
    path: `${SILO}/runs`,
    of: 'silo',
    permission: 'collection:write',
    summary: 'Collect a silo’s files',
    description:
      'Its new files in the order of their names, beginning within about a second. A silo has one open run at a time. A run that is cut off goes on at the last row that it committed, and nothing is stored twice.',
    answers: { 201: json('It is queued.', runSchema) },
    problems: { 400: 'The silo has no line yet.', 409: OPEN },
  }),
  collectionOperation({
    id: 'dryRun',
    method: 'POST',
    path: `${SILO}/dry-run`,
    of: 'silo',
    permission: 'collection:write',
    summary: 'Try a file without storing anything',
    description:
      'The first 50 events that its rows would become, and what would be rejected and why. Without `fileId` and `content` it takes the first file that waits, without `definition` the silo’s line. It shows what files say, so the token also needs `collection:read`.',
    input: {
      description: 'What to try.',
      schema: dryRunBodySchema,
      example: { fileId: '019a9d0c-0000-4000-8000-000000000000' },
    },
    answers: { 200: json('What would become of it.', dryRunAnswerSchema) },
  }),
  collectionOperation({
    id: 'listRejects',
    method: 'GET',
    path: `${SILO}/rejects`,
    of: 'silo',
    query: rejectsQuerySchema,
    permission: 'collection:read',
    summary: 'List rejected rows',
    description:
      'By file and line, each with its column, value and reason. `format=csv`, or `Accept: text/csv`, gives all of them as one file instead of pages.',
    answers: {
      200: {
        description: 'A page, or the whole as CSV.',
        content: { ...json('', rejectsAnswerSchema).content, ...csv(table) },
      },
    },
    example: { query: '?state=open&format=csv' },
  }),
  collectionOperation({
    id: 'collectRejects',
    method: 'POST',
    path: `${SILO}/rejects/collect`,
    of: 'silo',
    permission: 'collection:write',
    summary: 'Collect rejected rows again',
    description:
      'Those that are open, with the line as it is now: mend the line or its tables first. Other rows are not read again.',
    answers: { 201: json('The run is queued.', runSchema) },
    problems: { 400: 'The silo has no line yet.', 409: OPEN },
  }),
  collectionOperation({
    id: 'discardRejects',
    method: 'POST',
    path: `${SILO}/rejects/discard`,
    of: 'silo',
    permission: 'collection:write',
    summary: 'Give rejected rows up',
    description:
      'All that are open, those of a file, or some lines of it. They stay on record as discarded, and are not collected again.',
    input: {
      description: 'Which.',
      schema: discardBodySchema,
      example: { file: '019a9d0c-0000-4000-8000-000000000000', lines: [17] },
    },
    answers: { 200: json('How many.', discardedAnswerSchema) },
  }),
  collectionOperation({
    id: 'listRuns',
    method: 'GET',
    path: RUNS,
    query: runsQuerySchema,
    permission: 'collection:read',
    summary: 'List runs of all silos',
    description: 'Latest first.',
    answers: { 200: json('A page.', runsAnswerSchema) },
  }),
  collectionOperation({
    id: 'getRun',
    method: 'GET',
    path: `${RUNS}/{id}`,
    of: 'run',
    permission: 'collection:read',
    summary: 'Get a run',
    description: 'Its progress while it runs, and what became of the rows.',
    answers: { 200: json('The run.', runSchema) },
  }),
  collectionOperation({
    id: 'cancelRun',
    method: 'POST',
    path: `${RUNS}/{id}/cancel`,
    of: 'run',
    permission: 'collection:write',
    summary: 'Cancel a run',
    description:
      'It stops at its next commit. What it has collected stays; the next run of the silo goes on from there.',
    answers: { 200: json('It stops within a moment, or has.', runSchema) },
    problems: { 409: 'It has ended already.' },
  }),
]
