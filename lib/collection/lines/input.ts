import { z } from 'zod'
import { lineDefinitionSchema } from './definition'

/** Longer ones don't fit in lists of lines. */
const MAX_NAME_LENGTH = 100
const MAX_NOTE_LENGTH = 500
/** A list that people still find a line in. */
export const MAX_LINES = 200
/** Enough to see what steps do; more don't fit on a screen. */
const MAX_SAMPLE_ROWS = 20
/** Columns of the widest logs. */
const MAX_SAMPLE_COLUMNS = 500
/** The longest value that an event takes. */
const MAX_SAMPLE_CELL = 65_536

const id = z.uuid({ error: 'There is no such line.' })
const version = z.coerce.number().pipe(z.int().min(1)).optional().describe('The newest unless given.')
const name = z
  .string({ error: 'Give the line a name.' })
  .trim()
  .min(1, 'Give the line a name.')
  .max(MAX_NAME_LENGTH, `At most ${MAX_NAME_LENGTH} characters.`)
const note = z.string().trim().max(MAX_NOTE_LENGTH, `At most ${MAX_NOTE_LENGTH} characters.`)
const unchangedSince = z.iso
  .datetime({ offset: true, error: 'Give the time that `updatedAt` said.' })
  .optional()
  .describe('`updatedAt` as it was read: refused if somebody else has changed it since.')

export const createLineSchema = z.strictObject({
  name,
  note: note.default(''),
  definition: lineDefinitionSchema,
})
export type CreateLine = z.output<typeof createLineSchema>

/** What is left out stays; a definition that differs becomes a new version. */
export const updateLineSchema = z.strictObject({
  id,
  name: name.optional(),
  note: note.optional(),
  definition: lineDefinitionSchema.optional(),
  unchangedSince,
})
export type UpdateLine = z.output<typeof updateLineSchema>

/** Makes what an earlier version did the newest version. */
export const restoreLineSchema = z.strictObject({
  id,
  version: z.coerce.number().pipe(z.int().min(1)),
  unchangedSince,
})
export type RestoreLine = z.output<typeof restoreLineSchema>

export const lineIdSchema = z.strictObject({ id })
export type LineId = z.output<typeof lineIdSchema>

export const getLineSchema = z.strictObject({ id, version })
export type GetLine = z.output<typeof getLineSchema>

export const checkLineSchema = z.strictObject({
  definition: lineDefinitionSchema,
  id: id.optional().describe('The line that it shall become: it may not call itself.'),
})

const cell = z.string().max(MAX_SAMPLE_CELL, `At most ${MAX_SAMPLE_CELL} characters.`)

/** Rows of a file, as `readSample` gives them. */
const sample = z.strictObject({
  header: z.array(z.string().max(200)).max(MAX_SAMPLE_COLUMNS),
  rows: z
    .array(z.array(cell).max(MAX_SAMPLE_COLUMNS))
    .max(MAX_SAMPLE_ROWS, `At most ${MAX_SAMPLE_ROWS} rows.`),
})
export type Sample = z.output<typeof sample>

export const previewLineSchema = z.strictObject({
  definition: lineDefinitionSchema,
  sample,
  id: id.optional().describe('The line that is being edited.'),
})
export type PreviewLine = z.output<typeof previewLineSchema>
