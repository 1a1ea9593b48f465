import { z } from 'zod'
import { idAnswerSchema } from '@/lib/api/answer-parts'
import { json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import { changeSiloSchema, createSiloSchema, testOriginSchema } from '@/lib/collection/silos/input'
import { collectionOperation } from './operation-parts'
import { siloSchema, silosAnswerSchema, testedOriginAnswerSchema } from './silo-answers'

const SILO = '/api/v1/silos'
const CHANGED = 'Somebody has changed it since `unchangedSince`.'

/** Named sets of files, and the lines that collect them. */
export const SILO_OPERATIONS: readonly Operation[] = [
  collectionOperation({
    id: 'listSilos',
    method: 'GET',
    path: SILO,
    permission: 'collection:read',
    summary: 'List silos',
    description: 'All silos, with their files in numbers, their last run, and what is rejected and open.',
    answers: { 200: json('The silos, by name.', silosAnswerSchema) },
  }),
  collectionOperation({
    id: 'createSilo',
    method: 'POST',
    path: SILO,
    permission: 'collection:manage',
    summary: 'Add a silo',
    description:
      'A silo is a named set of audit log files and the line that collects them. Its name is its identity: it stands in addresses and, as `silo:<name>`, in the `origin` of its events, and is never changed.\n\nOf encoding, delimiter, quote and header the reader finds out what `reading` leaves out.',
    input: {
      description: 'The silo.',
      schema: createSiloSchema,
      example: { name: 'windows-security', note: 'Collected by WEC', pattern: '*.csv' },
    },
    answers: {
      201: {
        ...json('It is there.', siloSchema),
        headers: { location: { description: 'Its path.', schema: z.string() } },
      },
    },
    problems: { 409: 'There is a silo of this name, or there are too many.' },
  }),
  collectionOperation({
    id: 'testOrigin',
    method: 'POST',
    path: '/api/v1/origins/test',
    permission: 'collection:manage',
    summary: 'Look through a bucket or folder',
    description:
      'The first files that a silo with this origin would fetch; nothing is fetched. With the name of a `silo`, its stored secret counts.',
    input: {
      description: 'The origin, and which files.',
      schema: testOriginSchema,
      example: { origin: { kind: 'folder', path: '/var/log/audit/acme' }, pattern: '*.csv' },
    },
    answers: { 200: json('What is there.', testedOriginAnswerSchema) },
    problems: {
      400: 'The place can’t be looked through; `detail` says what the other side said.',
      404: 'There is no such silo in this workspace.',
    },
  }),
  collectionOperation({
    id: 'getSilo',
    method: 'GET',
    path: `${SILO}/{name}`,
    of: 'silo',
    permission: 'collection:read',
    summary: 'Get a silo',
    description: 'Its configuration without secrets, its files in numbers and its last run.',
    answers: { 200: json('The silo.', siloSchema) },
  }),
  collectionOperation({
    id: 'updateSilo',
    method: 'PUT',
    path: `${SILO}/{name}`,
    of: 'silo',
    permission: 'collection:manage',
    summary: 'Change a silo',
    description:
      'Replaces all fields but the name; a secret that is left out stays. A run that is under way goes on with what it began with, as far as its current file.',
    input: {
      description: 'The whole silo.',
      schema: changeSiloSchema,
      example: { note: 'Collected by WEC', pattern: '*.csv', keepDays: 90 },
    },
    answers: { 200: json('It is changed.', siloSchema) },
    problems: { 409: CHANGED },
  }),
  collectionOperation({
    id: 'removeSilo',
    method: 'DELETE',
    path: `${SILO}/{name}`,
    of: 'silo',
    permission: 'collection:manage',
    summary: 'Remove a silo',
    description: 'With the files that it keeps. What was collected stays in the trail.',
    answers: { 200: json('It is removed.', idAnswerSchema) },
    problems: { 409: 'It has an open run: wait for its end, or cancel it.' },
  }),
]
