import { z } from 'zod'
import { TABLE_KINDS } from '@/lib/collection/tables/table'
import { lineDefinitionSchema } from './definition'

const FORMAT = 'spoor-line/1'
/** A line that needs more is better moved in parts. */
const MAX_PARTS = 50

const name = z.string().trim().min(1).max(100)
const note = z.string().max(500).default('')
/** Of where it comes from: in the file it only says which step means what. */
const id = z.uuid()

/** A line with all that it needs, as one file: to keep, or to take to another workspace. */
export const lineFileSchema = z.strictObject({
  format: z.literal(FORMAT, { error: `This is no line of Spoor: its format is ${FORMAT}.` }),
  line: z.strictObject({ name, note, definition: lineDefinitionSchema }),
  lines: z
    .array(z.strictObject({ id, name, note, definition: lineDefinitionSchema }))
    .max(MAX_PARTS)
    .default([])
    .describe('Lines that it calls, and those that these call.'),
  tables: z
    .array(z.strictObject({ id, kind: z.enum(TABLE_KINDS), name, note, content: z.string() }))
    .max(MAX_PARTS)
    .default([])
    .describe('Tables that they use; `content` is CSV.'),
})
export type LineFile = z.output<typeof lineFileSchema>

export const importLineSchema = z.strictObject({
  file: lineFileSchema,
  replaces: z
    .boolean()
    .default(false)
    .describe(
      'Whether lines and tables of the same names get a new version; without it, they must be the same.',
    ),
})
export type ImportLine = z.output<typeof importLineSchema>

export const LINE_FILE_FORMAT = FORMAT
