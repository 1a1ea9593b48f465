import { z } from 'zod'
import { count, moment, named } from '@/lib/api/answer-parts'
import { lineDefinitionSchema } from '@/lib/collection/lines/definition'
import { TABLE_KINDS } from '@/lib/collection/tables/table'
import { eventSchema } from '@/lib/trail/answers'
import { rejectReasonSchema } from './run-answers'

// What the verbs of lines and tables answer, for the API's description.

const version = z.int().min(1)

const viewShape = {
  id: z.uuid(),
  name: z.string(),
  note: z.string(),
  version: version.describe('The newest.'),
  steps: z.array(z.enum(['update', 'join', 'filter', 'processing', 'line'])),
  silos: z.array(z.string()).describe('That it collects.'),
  usedBy: z.array(named).describe('Lines that call it.'),
  savedBy: z.string(),
  createdAt: moment,
  updatedAt: moment,
}
export const linesAnswerSchema = z
  .strictObject({ lines: z.array(z.strictObject(viewShape).meta({ id: 'Line' })) })
  .meta({ id: 'Lines' })
export const lineAnswerSchema = z
  .strictObject({ ...viewShape, shownVersion: version, definition: lineDefinitionSchema })
  .meta({ id: 'LineDetail' })

export const savedLineAnswerSchema = z
  .strictObject({
    id: z.uuid(),
    version,
    isNew: z.boolean().describe('False where it did exactly this already: no version was added.'),
  })
  .meta({ id: 'SavedLine' })

const names = z.array(z.string())
export const importedAnswerSchema = z
  .strictObject({
    id: z.uuid().describe('Of the line.'),
    created: names.describe('Lines and tables that were added: `table Windows event mapping`.'),
    updated: names.describe('Those that got a new version.'),
  })
  .meta({ id: 'ImportedLine' })

const versionShape = { version, savedBy: z.string(), savedAt: moment }
export const lineVersionsAnswerSchema = z
  .strictObject({ versions: z.array(z.strictObject(versionShape)) })
  .meta({ id: 'LineVersions' })

const problemSchema = z
  .strictObject({
    path: z.array(z.union([z.string(), z.int()])).describe('Where in the definition.'),
    message: z.string(),
    isWarning: z.literal(true).optional().describe('It does not keep the line from being saved.'),
  })
  .meta({ id: 'LineProblem' })
export const lineProblemsAnswerSchema = z
  .strictObject({ problems: z.array(problemSchema) })
  .meta({ id: 'LineProblems' })

const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('filtered') }),
  z.strictObject({ kind: z.literal('rejected'), reject: rejectReasonSchema }),
])
const previewStep = z.strictObject({
  title: z.string(),
  columns: z.array(z.strictObject({ name: z.string(), state: z.enum(['same', 'added', 'changed']) })),
  rows: z.array(z.strictObject({ row: count, cells: z.array(z.string()), outcome: outcome.optional() })),
})
export const previewAnswerSchema = z
  .strictObject({
    steps: z.array(previewStep).describe('The rows as they are after each; the first is the source.'),
    events: z.array(
      z.strictObject({ row: count, event: eventSchema, fields: z.record(z.string(), z.string()) }),
    ),
    rejects: z.array(z.strictObject({ row: count, reject: rejectReasonSchema })),
    problems: z.array(problemSchema),
  })
  .meta({ id: 'LinePreview' })

const tableProblemSchema = z
  .strictObject({
    row: count.describe('Of the table: its header is 1.'),
    column: z.string().optional(),
    detail: z.string(),
    severity: z.enum(['error', 'warning']),
  })
  .meta({ id: 'TableProblem' })

const tableShape = {
  id: z.uuid(),
  kind: z.enum(TABLE_KINDS),
  name: z.string(),
  note: z.string(),
  version: version.describe('The newest.'),
  usedBy: z.array(named).describe('Lines that use it.'),
  createdAt: moment,
  updatedAt: moment,
}
export const tablesAnswerSchema = z
  .strictObject({
    tables: z.array(z.strictObject({ ...tableShape, rows: count }).meta({ id: 'Table' })),
  })
  .meta({ id: 'Tables' })
export const tableAnswerSchema = z
  .strictObject({
    ...tableShape,
    shownVersion: version,
    savedBy: z.string(),
    savedAt: moment,
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    problems: z.array(tableProblemSchema).describe('Warnings: what is wrong enough is not saved.'),
  })
  .meta({ id: 'TableDetail' })
export const tableProblemsAnswerSchema = z
  .strictObject({ problems: z.array(tableProblemSchema) })
  .meta({ id: 'TableProblems' })
const differentCell = z.strictObject({ column: z.string(), before: z.string(), after: z.string() })
const differentRow = z
  .strictObject({
    kind: z.enum(['added', 'removed', 'changed']),
    key: z.string(),
    cells: z.array(differentCell).describe('Those that differ.'),
  })
  .meta({ id: 'TableDifference' })
export const tableDifferencesAnswerSchema = z
  .strictObject({ differences: z.array(differentRow) })
  .meta({ id: 'TableDifferences' })
export const savedTableAnswerSchema = z
  .strictObject({
    id: z.uuid(),
    version,
    isNew: z.boolean().describe('False where it contained exactly this already: no version was added.'),
    problems: z.array(tableProblemSchema),
  })
  .meta({ id: 'SavedTable' })
export const tableVersionsAnswerSchema = z
  .strictObject({
    versions: z.array(z.strictObject({ ...versionShape, rows: count, sha256: z.string() })),
  })
  .meta({ id: 'TableVersions' })
