import { z } from 'zod'
import { count, moment, named, next } from '@/lib/api/answer-parts'
import { FILE_STATES } from '@/lib/collection/files/file-view'
import { readingChoiceSchema } from '@/lib/collection/reading/reading'
import { countsShape, readingSchema } from './answer-parts'
import { rejectReasonSchema, runSchema } from './run-answers'

// What the verbs of silos and their files answer, for the API's description.

const originSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload') }),
  z.strictObject({
    kind: z.literal('s3'),
    bucket: z.string(),
    region: z.string(),
    endpoint: z.string().optional(),
    pathStyle: z.boolean(),
    prefix: z.string(),
    accessKeyId: z.string(),
  }),
  z.strictObject({ kind: z.literal('folder'), path: z.string() }),
])

export const siloSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    note: z.string(),
    line: named.nullable(),
    origin: originSchema,
    hasSecret: z.boolean().describe('Whether the origin’s secret is stored; it never comes back.'),
    pattern: z.string(),
    reading: readingChoiceSchema.describe('What the silo says about its files; the rest is found out.'),
    collectsAtOnce: z.boolean(),
    keepDays: count,
    createdAt: moment,
    updatedAt: moment,
    files: z.strictObject({ waiting: count, failed: count, total: count }),
    openRejects: count,
    lastRun: runSchema.nullable(),
    lastFileAt: moment.nullable(),
    quietAt: moment.nullable().describe('When the next file is overdue by the usual rhythm.'),
  })
  .meta({ id: 'Silo' })
export const silosAnswerSchema = z.strictObject({ silos: z.array(siloSchema) }).meta({ id: 'Silos' })

export const fileSchema = z
  .strictObject({
    id: z.uuid(),
    silo: z.string(),
    name: z.string(),
    bytes: count.describe('Unpacked.'),
    sha256: z.string().nullable().describe('Of the content, unpacked; hex. Null where none was kept.'),
    state: z.enum(FILE_STATES),
    reading: readingSchema.nullable().describe('Null where nobody found out yet.'),
    header: z.array(z.string()).nullable().describe('Null where the line names the columns.'),
    ...countsShape,
    openRejects: count.describe('Of the rejected rows those that wait to be collected again.'),
    readBytes: count.describe('How far it is collected.'),
    error: z.string().nullable().describe('Why it failed, and what to do.'),
    receivedBy: z.string(),
    receivedAt: moment,
    collectedAt: moment.nullable(),
    forgottenAt: moment.nullable().describe('When its content was forgotten; what became of its rows stays.'),
  })
  .meta({ id: 'SiloFile' })
export const filesAnswerSchema = z
  .strictObject({ files: z.array(fileSchema), next })
  .meta({ id: 'SiloFiles' })

export const receivedAnswerSchema = z
  .strictObject({
    file: fileSchema,
    duplicate: z
      .boolean()
      .describe(
        'The silo has a file of this very content already: `file` is that one, and nothing was stored.',
      ),
    run: runSchema
      .nullable()
      .describe(
        'The run that `collect=true` asked for; null where the silo has an open one, which takes it.',
      ),
  })
  .meta({ id: 'ReceivedFile' })

export const sampleAnswerSchema = z
  .strictObject({
    reading: readingSchema,
    header: z.array(z.string()).nullable(),
    rows: z.array(z.array(z.string())),
    problems: z
      .array(z.strictObject({ line: z.int().min(1), ...rejectReasonSchema.shape }))
      .describe('Rows among them that can’t be read.'),
    doubts: z.array(z.string()).describe('What may be wrong with how the file is read.'),
  })
  .meta({ id: 'FileSample' })

export const testedOriginAnswerSchema = z
  .strictObject({
    files: z.array(z.strictObject({ name: z.string(), bytes: count })).describe('At most 50.'),
    isWhole: z.boolean().describe('Whether these are all.'),
  })
  .meta({ id: 'TestedOrigin' })
