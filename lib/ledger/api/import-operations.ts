import { z } from 'zod'
import { idAnswerSchema } from '@/lib/api/answer-parts'
import { csv, json } from '@/lib/api/describe-operation'
import type { Operation } from '@/lib/api/operation'
import { importSchema, importsAnswerSchema } from './ledger-answers'
import { applyQuerySchema, exportQuerySchema, importQuerySchema } from './ledger-queries'
import { ledgerOperation } from './operation-parts'

const IMPORTS = '/api/v1/ledger/imports'
const GUARD =
  'More than a tenth of the type’s entities would be removed: `detail` says how many, to be confirmed with `confirmRemoved`.'
const file = z.string().describe('A header and one row an entity. gzip is unpacked.')
const jsonBody = z
  .union([z.array(z.looseObject({})), z.strictObject({ entities: z.array(z.looseObject({})) })])
  .describe('Objects with the names of the columns.')
const location = { location: { description: 'Its path.', schema: z.string() } }

/** Loading the ledger from files. */
export const IMPORT_OPERATIONS: readonly Operation[] = [
  ledgerOperation({
    id: 'listImports',
    method: 'GET',
    path: IMPORTS,
    permission: 'ledger:read',
    summary: 'List imports',
    description: 'The latest hundred: what was loaded, or waits to be, and by whom.',
    answers: { 200: json('Latest first.', importsAnswerSchema) },
  }),
  ledgerOperation({
    id: 'importLedger',
    method: 'POST',
    path: IMPORTS,
    query: importQuerySchema,
    permission: 'ledger:write',
    summary: 'Load entities',
    description: [
      'The body is the file: CSV with a header, or JSON, of entities of one type; gzip is welcome. `key`, `display_name`, `valid_from`, `valid_to` and the names of the type’s links have a meaning, all other columns are attributes.',
      'With `mode=full` entities of the type that the file lacks are removed, with `delta` they stay. With `effectiveFrom` what it says holds from then on, and what was known before stays known for the time before.',
      'With `dryRun=true` nothing is loaded: the answer says what would change, and waits for a day to be applied.',
      'It is loaded as a whole or not at all. Names of the trail are matched again in the background.',
    ].join('\n\n'),
    body: {
      description: 'The file.',
      required: true,
      content: { ...csv(file), 'application/json': jsonBody, 'application/gzip': file },
    },
    answers: {
      201: { ...json('It is loaded.', importSchema), headers: location },
      200: { ...json('With `dryRun=true`: what would change.', importSchema), headers: location },
    },
    problems: {
      400: 'A parameter is not understood, or the file is refused: `errors` names each line and column that is wrong.',
      409: GUARD,
      413: 'The file is too large.',
    },
    example: {
      query: '?type=account&mode=full&dryRun=true',
      more: '\\\n  -H "Content-Type: text/csv" --data-binary @accounts.csv',
    },
  }),
  ledgerOperation({
    id: 'getImport',
    method: 'GET',
    path: `${IMPORTS}/{id}`,
    of: 'import',
    permission: 'ledger:read',
    summary: 'Get an import',
    description: 'With what it changes, while it waits.',
    answers: { 200: json('The import.', importSchema) },
  }),
  ledgerOperation({
    id: 'applyImport',
    method: 'POST',
    path: `${IMPORTS}/{id}/apply`,
    of: 'import',
    query: applyQuerySchema,
    permission: 'ledger:write',
    summary: 'Load what was previewed',
    description: 'Exactly what the preview said: if the ledger has changed since, it is refused.',
    answers: { 200: json('It is loaded.', importSchema) },
    problems: { 409: `${GUARD} Or it does not wait any more, or the ledger has changed since.` },
    example: { query: '?confirmRemoved=12' },
  }),
  ledgerOperation({
    id: 'discardImport',
    method: 'DELETE',
    path: `${IMPORTS}/{id}`,
    of: 'import',
    permission: 'ledger:write',
    summary: 'Discard a preview',
    description: 'What was handed over is forgotten. Previews are forgotten by themselves after a day.',
    answers: { 200: json('It is discarded.', idAnswerSchema) },
    problems: { 409: 'It was applied already.' },
  }),
  ledgerOperation({
    id: 'exportEntities',
    method: 'GET',
    path: '/api/v1/ledger/export',
    query: exportQuerySchema,
    permission: 'ledger:read',
    summary: 'Export entities',
    description: 'All of a type as CSV, one row a record, as it can be loaded again.',
    answers: {
      200: { description: 'The file.', content: csv(z.string().describe('UTF-8, with a header.')) },
    },
    example: { query: '?type=account', more: '-o accounts.csv' },
  }),
]
