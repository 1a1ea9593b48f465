import { z } from 'zod'
import { count, moment, named, next } from '@/lib/api/answer-parts'
import { REJECT_CODES } from '@/lib/collection/reject'
import { eventSchema } from '@/lib/trail/answers'
import { countsShape, readingSchema } from './answer-parts'

// What the verbs of runs, rejects and plans answer, for the API's description.

const usedVersion = z.strictObject({ id: z.uuid(), name: z.string(), version: z.int() })

export const runSchema = z
  .strictObject({
    id: z.uuid(),
    silo: z.string(),
    kind: z.enum(['files', 'rejects']).describe('New files, or rows that were rejected before.'),
    state: z.enum(['queued', 'running', 'finished', 'failed', 'cancelled']),
    requestedBy: z.string(),
    requestedAt: moment,
    startedAt: moment.nullable(),
    endedAt: moment.nullable(),
    cancelledBy: z.string().nullable(),
    versions: z
      .strictObject({ lines: z.array(usedVersion), tables: z.array(usedVersion) })
      .nullable()
      .describe('What it was run with; twice where it was changed on the way.'),
    files: count.describe('Files that it read to the end.'),
    failedFiles: count,
    currentFile: named.nullable(),
    totalBytes: count.describe('Of all that it has to read, as far as it is known.'),
    readBytes: count,
    ...countsShape,
    error: z.string().nullable(),
    planId: z.uuid().nullable(),
    executionId: z.uuid().nullable(),
  })
  .meta({ id: 'CollectionRun' })
export const runsAnswerSchema = z
  .strictObject({ runs: z.array(runSchema), next })
  .meta({ id: 'CollectionRuns' })

const code = z.enum(REJECT_CODES)

/** What is wrong with a row. */
export const rejectReasonSchema = z
  .strictObject({
    code,
    reason: z.string().describe('What is wrong, where, and what to do.'),
    column: z.string().optional().describe('The column, attribute or target field.'),
    value: z.string().optional().describe('What stands there, its beginning.'),
  })
  .meta({ id: 'RejectReason' })

const rejectSchema = z
  .strictObject({
    silo: z.string(),
    file: named,
    line: z.int().min(1).describe('Of the row’s first line in the file.'),
    runId: z.uuid().describe('The run that said so last.'),
    code,
    reason: z.string().describe('What is wrong, where, and what to do.'),
    column: z.string().nullable(),
    value: z.string().nullable(),
    raw: z
      .string()
      .nullable()
      .describe('The row as it stands in the file; null where it was too long to be kept.'),
    state: z.enum(['open', 'collected', 'discarded']),
    rejectedAt: moment,
    settledAt: moment.nullable(),
  })
  .meta({ id: 'Reject' })
export const rejectsAnswerSchema = z
  .strictObject({ rejects: z.array(rejectSchema), next })
  .meta({ id: 'Rejects' })
export const discardedAnswerSchema = z.strictObject({ discarded: count }).meta({ id: 'DiscardedRejects' })

export const dryRunAnswerSchema = z
  .strictObject({
    file: named.nullable().describe('Null where rows were handed over.'),
    reading: readingSchema,
    header: z.array(z.string()).nullable().describe('Null where the line names the columns.'),
    doubts: z.array(z.string()).describe('What may be wrong with how the file is read.'),
    rows: count.describe('So many were looked at.'),
    counts: z.strictObject(countsShape),
    events: z
      .array(
        z.strictObject({
          line: z.int().min(1),
          target: z
            .record(z.string(), z.union([z.string(), z.number()]))
            .describe('Under the 47 names of the log target.'),
          event: eventSchema,
          isKnown: z.boolean().describe('The trail, or the file itself, has it already.'),
        }),
      )
      .describe('The first 50.'),
    rejects: z.array(
      z.strictObject({
        ...rejectReasonSchema.shape,
        line: z.int().min(1),
        raw: z.string().nullable(),
      }),
    ),
    isWhole: z.boolean().describe('False where it stopped before the file’s end.'),
  })
  .meta({ id: 'DryRun' })

export const executionSchema = z
  .strictObject({
    id: z.uuid(),
    planId: z.uuid(),
    requestedBy: z.string(),
    startedAt: moment,
    state: z.enum(['running', 'finished', 'failed', 'cancelled']),
    skipped: z
      .array(z.strictObject({ silo: z.string(), reason: z.string() }))
      .describe('Silos that it left out, and why.'),
    runs: z.array(runSchema).describe('In the order of the plan.'),
  })
  .meta({ id: 'PlanExecution' })
export const executionsAnswerSchema = z
  .strictObject({ executions: z.array(executionSchema), next })
  .meta({ id: 'PlanExecutions' })

export const planSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    note: z.string(),
    silos: z.array(z.string()).describe('Names, in the order in which they are collected.'),
    schedule: z.string().nullable(),
    enabled: z.boolean(),
    nextAt: moment.nullable(),
    createdAt: moment,
    updatedAt: moment,
    lastExecution: executionSchema.nullable(),
  })
  .meta({ id: 'Plan' })
export const plansAnswerSchema = z.strictObject({ plans: z.array(planSchema) }).meta({ id: 'Plans' })
