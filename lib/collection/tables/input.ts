import { z } from 'zod'
import { TABLE_KINDS } from './table'

const MAX_NAME_LENGTH = 80
const MAX_NOTE_LENGTH = 500
/** 200,000 rows of 80 bytes. */
export const MAX_TABLE_BYTES = 16 * 1024 * 1024
/** Tables that a workspace keeps: a page lists them all. */
export const MAX_TABLES = 200

const id = z.uuid({ error: 'There is no such table.' })
const kind = z.enum(TABLE_KINDS, { error: `Choose one of ${TABLE_KINDS.join(', ')}.` })
const name = z
  .string({ error: 'Give the table a name.' })
  .trim()
  .min(1, 'Give the table a name.')
  .max(MAX_NAME_LENGTH, `At most ${MAX_NAME_LENGTH} characters.`)
const note = z.string().trim().max(MAX_NOTE_LENGTH, `At most ${MAX_NOTE_LENGTH} characters.`)
const content = z
  .string({ error: 'Give the rows as CSV.' })
  .describe('CSV with a header. Properties and mapping are separated by semicolons.')
const version = z.coerce.number().int().min(1, 'Versions count from 1.')
const unchangedSince = z.iso
  .datetime({ offset: true, error: 'Give the time that `updatedAt` said.' })
  .optional()
  .describe('`updatedAt` as it was read: refused if somebody else has changed it since.')

export const listTablesSchema = z.strictObject({ kind: kind.optional() })
export type ListTables = z.output<typeof listTablesSchema>

export const createTableSchema = z.strictObject({ kind, name, note: note.default(''), content })
export type CreateTable = z.output<typeof createTableSchema>

/** What is left out stays. */
export const updateTableSchema = z.strictObject({
  id,
  name: name.optional(),
  note: note.optional(),
  content: content.optional(),
  unchangedSince,
})
export type UpdateTable = z.output<typeof updateTableSchema>

/** Without a version, the newest. */
export const tableVersionSchema = z.strictObject({ id, version: version.optional() })
export type TableVersion = z.output<typeof tableVersionSchema>

export const restoreTableSchema = z.strictObject({ id, version, unchangedSince })
export type RestoreTable = z.output<typeof restoreTableSchema>

export const diffTableSchema = z.strictObject({ id, from: version, to: version })
export type DiffTable = z.output<typeof diffTableSchema>

export const tableIdSchema = z.strictObject({ id })
export type TableId = z.output<typeof tableIdSchema>

export const checkTableSchema = z.strictObject({
  kind,
  content,
  companionId: id.optional().describe('The event properties that a mapping goes with.'),
})
export type CheckTable = z.output<typeof checkTableSchema>

/** Event types of the largest products; a template of more would be no start. */
const MAX_TEMPLATE_IDS = 5000
const templateText = z.string().trim().min(1).max(1024)

export const tableTemplateSchema = z.strictObject({
  kind: z.enum(['properties', 'mapping'], { error: 'Choose properties or mapping.' }),
  eventIds: z
    .array(templateText)
    .max(MAX_TEMPLATE_IDS, `At most ${MAX_TEMPLATE_IDS} event ids.`)
    .default([])
    .describe('One row each; for a mapping, those of the event properties unless given.'),
  propertyCounts: z
    .record(z.string(), z.int().min(0).max(400))
    .default({})
    .describe('How many values an event id has in `properties`: so many names are prepared.'),
  attributes: z
    .array(templateText)
    .max(500)
    .default([])
    .describe('Attributes of the rows; a mapping is filled with those whose names say what they are.'),
  propertiesId: id.optional().describe('The event properties that a mapping is for.'),
})
export type TableTemplate = z.output<typeof tableTemplateSchema>
