import { z } from 'zod'
import { idAnswerSchema } from '@/lib/api/answer-parts'
import { json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import { filePageSchema } from '@/lib/collection/files/input'
import { removeFileQuerySchema, sampleQuerySchema, uploadQuerySchema } from './file-queries'
import { collectionOperation } from './operation-parts'
import { fileSchema, filesAnswerSchema, receivedAnswerSchema, sampleAnswerSchema } from './silo-answers'

const FILES = '/api/v1/silos/{name}/files'
const content = z.string().describe('The file, of any type; gzip is unpacked as it arrives.')

/** Files of a silo. */
export const FILE_OPERATIONS: readonly Operation[] = [
  collectionOperation({
    id: 'listFiles',
    method: 'GET',
    path: FILES,
    of: 'silo',
    query: filePageSchema,
    permission: 'collection:read',
    summary: 'List a silo’s files',
    description: 'By name, each with what became of its rows.',
    answers: { 200: json('A page.', filesAnswerSchema) },
  }),
  collectionOperation({
    id: 'uploadFile',
    method: 'POST',
    path: FILES,
    of: 'silo',
    query: uploadQuerySchema,
    permission: 'collection:write',
    summary: 'Hand a file over',
    description:
      'The body is the file, of any size and type; it is stored as it arrives. A `.gz` file, or a body with `Content-Encoding: gzip`, is unpacked. A file is known by its SHA-256: the same content in the same silo is stored once, whatever its name.\n\nWithout `collect=true`, and unless the silo collects at once, it waits for the next run.',
    body: {
      description: 'The file.',
      required: true,
      content: { 'text/csv': content, 'application/gzip': content, 'application/octet-stream': content },
    },
    answers: {
      201: {
        ...json('It is stored.', receivedAnswerSchema),
        headers: { location: { description: 'Its path.', schema: z.string() } },
      },
      200: json('The silo had it already.', receivedAnswerSchema),
    },
    problems: {
      400: 'A parameter is not understood, the body is broken off or not gzip, or it is an archive.',
      409: 'Too many files of the silo wait already.',
      413: 'It is larger than a file may be, or unpacks to far more than it is.',
      429: 'Too many files of this workspace are arriving at once.',
    },
    example: {
      query: '?name=security.csv&collect=true',
      more: '\\\n  -H "Content-Type: text/csv" --data-binary @security.csv',
    },
  }),
  collectionOperation({
    id: 'getFile',
    method: 'GET',
    path: `${FILES}/{id}`,
    of: 'file',
    permission: 'collection:read',
    summary: 'Get a file’s state',
    description: 'How it is read, how far it is collected, and what became of its rows.',
    answers: { 200: json('The file.', fileSchema) },
  }),
  collectionOperation({
    id: 'removeFile',
    method: 'DELETE',
    path: `${FILES}/{id}`,
    of: 'file',
    query: removeFileQuerySchema,
    permission: 'collection:write',
    summary: 'Remove a file',
    description: 'With its content and its rejects. What was collected from it stays in the trail.',
    answers: { 200: json('It is removed.', idAnswerSchema) },
    problems: { 409: 'It is being collected, or has open rejects that `discardRejects` does not give up.' },
  }),
  collectionOperation({
    id: 'downloadFile',
    method: 'GET',
    path: `${FILES}/{id}/content`,
    of: 'file',
    permission: 'collection:read',
    summary: 'Download a file',
    description: 'As it was handed over, unpacked.',
    answers: {
      200: { description: 'Its bytes.', content: { 'application/octet-stream': z.string() } },
    },
    problems: { 409: 'Its content is forgotten.' },
    example: { more: '-o security.csv' },
  }),
  collectionOperation({
    id: 'readSample',
    method: 'GET',
    path: `${FILES}/{id}/sample`,
    of: 'file',
    query: sampleQuerySchema,
    permission: 'collection:read',
    summary: 'Look at a file’s first rows',
    description:
      'How the file is read, the names of its columns, and its first rows: a sample for a preview.',
    answers: { 200: json('The rows.', sampleAnswerSchema) },
    problems: { 409: 'Its content is forgotten.' },
    example: { query: '?rows=5' },
  }),
  collectionOperation({
    id: 'collectFileAgain',
    method: 'POST',
    path: `${FILES}/{id}/collect-again`,
    of: 'file',
    permission: 'collection:write',
    summary: 'Collect a file again',
    description:
      'From its first byte, in the next run. Rows whose event the trail has already count as duplicates, so nothing is stored twice.',
    answers: { 200: json('It waits for the next run.', fileSchema) },
    problems: { 409: 'It is being collected, or its content is forgotten.' },
  }),
]
