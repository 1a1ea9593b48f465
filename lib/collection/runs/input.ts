import { z } from 'zod'
import { lineDefinitionSchema } from '@/lib/collection/lines/definition'

const DEFAULT_PAGE_SIZE = 50
const MAX_PAGE_SIZE = 500
/** A dry run of text that was handed over: more belongs into a file of the silo. */
const MAX_DRY_RUN_CONTENT = 4 * 1024 * 1024

const silo = z.string({ error: 'Which silo?' }).min(1, 'Which silo?').max(200, 'There is no such silo.')
const fileId = z.uuid({ error: 'There is no such file.' })

export const requestRunSchema = z.strictObject({
  silo,
  kind: z
    .enum(['files', 'rejects'], { error: 'Choose files or rejects.' })
    .default('files')
    .describe('`files`: files that are not collected yet; `rejects`: rows that were rejected, again.'),
})
export type RequestRun = z.output<typeof requestRunSchema>

export const runIdSchema = z.strictObject({ id: z.uuid({ error: 'There is no such run.' }) })
export type RunId = z.output<typeof runIdSchema>

export const listRunsSchema = z.strictObject({
  silo: silo.optional(),
  after: z.string().optional().describe('`next` of an earlier page.'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
})
export type ListRuns = z.output<typeof listRunsSchema>

export const dryRunSchema = z.strictObject({
  silo,
  fileId: fileId.optional().describe('A file of the silo; the first that waits unless given.'),
  content: z
    .string()
    .max(MAX_DRY_RUN_CONTENT, 'At most 4 MiB of text. Hand a larger one over as a file.')
    .optional()
    .describe('Rows instead of a file, with their header where files have one.'),
  definition: lineDefinitionSchema.optional().describe("A draft instead of the silo's line."),
})
export type DryRunRequest = z.output<typeof dryRunSchema>
