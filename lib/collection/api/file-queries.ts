import { z } from 'zod'
import { readSampleSchema, removeFileSchema } from '@/lib/collection/files/input'

/** As long as a key of S3: names of files are paths there. */
const MAX_NAME_LENGTH = 1024

export const uploadQuerySchema = z.object({
  name: z
    .string({ error: 'Name the file: ?name=security.csv' })
    .max(MAX_NAME_LENGTH, `At most ${MAX_NAME_LENGTH} characters.`)
    .describe('Its name, by which files are collected in order.'),
  collect: z
    .stringbool({ error: 'Say true or false.' })
    .default(false)
    .describe('Ask for a run of the silo as well.'),
})

export const removeFileQuerySchema = z.object({ discardRejects: removeFileSchema.shape.discardRejects })
export const sampleQuerySchema = z.object({ rows: readSampleSchema.shape.rows })
