import { z } from 'zod'
import { FILE_STATES } from './file-view'

const DEFAULT_PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200
/** Enough to see what a file is like; a dry run reads more. */
const MAX_SAMPLE_ROWS = 200
const DEFAULT_SAMPLE_ROWS = 20

const silo = z.string({ error: 'Name the silo.' })
const id = z.uuid({ error: 'There is no such file.' })

export const fileIdSchema = z.strictObject({ silo, id })
export type FileId = z.output<typeof fileIdSchema>

/** Where the path names the silo. */
export const filePageSchema = z.object({
  state: z.enum(FILE_STATES, { error: `Choose one of ${FILE_STATES.join(', ')}.` }).optional(),
  after: z.string().optional().describe('`next` of an earlier page.'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
})
export const listFilesSchema = filePageSchema.extend({ silo })
export type ListFiles = z.input<typeof listFilesSchema>

/** `discardRejects` says that the file's open rejects may go with it: they can't be collected again then. */
export const removeFileSchema = fileIdSchema.extend({
  discardRejects: z.union([z.boolean(), z.stringbool()]).default(false),
})
export type RemoveFile = z.input<typeof removeFileSchema>

export const readSampleSchema = fileIdSchema.extend({
  rows: z.coerce.number().int().min(1).max(MAX_SAMPLE_ROWS).default(DEFAULT_SAMPLE_ROWS),
})
export type ReadSample = z.input<typeof readSampleSchema>
