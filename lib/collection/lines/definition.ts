import { z } from 'zod'
import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'

/** Columns of the widest logs, with room for what steps add. */
const MAX_ATTRIBUTES = 500
const MAX_STEPS = 50
const MAX_EXPRESSION = 8192
const MAX_TEMPLATE = 8192
/** Beyond the 47 fields: how serious an event is. Left out, what failed is a warning, and all else info. */
export const LEVEL_FIELD = 'level'

const attribute = z
  .string({ error: 'Name the attribute.' })
  .trim()
  .min(1, 'Name the attribute.')
  .max(200, 'At most 200 characters.')
  .regex(/^[^{}]*$/, 'A name has no braces: in templates they stand around it.')
const expression = z
  .string({ error: 'Write an expression in JavaScript.' })
  .trim()
  .min(1, 'Write an expression in JavaScript.')
  .max(MAX_EXPRESSION, `At most ${MAX_EXPRESSION} characters.`)
const template = z.string().max(MAX_TEMPLATE, `At most ${MAX_TEMPLATE} characters.`)
const tableId = z.uuid({ error: 'Choose a table.' })
const note = z.string().max(500, 'At most 500 characters.').default('')

/** Sets attributes of each row. Expressions see the row as `row`, and those set above them. */
const update = z.strictObject({
  kind: z.literal('update'),
  note,
  set: z.array(z.strictObject({ attribute, expression })).min(1, 'Set at least one attribute.').max(100),
})

/** Adds columns of a table's row with the same key. */
const join = z.strictObject({
  kind: z.literal('join'),
  note,
  tableId,
  /** The attribute whose value is looked up, and the table's column that it is looked up in. */
  attribute,
  keyColumn: attribute,
  add: z
    .array(z.strictObject({ column: attribute, attribute }))
    .min(1, 'Add at least one column.')
    .max(100),
  /** What becomes of a row whose key the table does not have. */
  missing: z.enum(['blank', 'reject', 'filter']).default('blank'),
})

/** Keeps rows for which the expression is true. */
const filter = z.strictObject({ kind: z.literal('filter'), note, expression })

/** The fast path: an event properties table and a table that maps log attributes. Adds `log_…`. */
const processing = z.strictObject({
  kind: z.literal('processing'),
  note,
  propertiesId: tableId,
  mappingId: tableId,
  eventIdAttribute: attribute,
  /** What becomes of a row whose event id is in no table. */
  unknown: z.enum(['reject', 'filter']).default('reject'),
})

/** Sends rows through another line; the fields of its target come back as `log_…` attributes. */
const line = z.strictObject({
  kind: z.literal('line'),
  note,
  lineId: z.uuid({ error: 'Choose a line.' }),
  /** Only rows for which it is true; the others pass by. */
  when: expression.optional(),
})

const stepSchema = z.discriminatedUnion('kind', [update, join, filter, processing, line], {
  error: 'Choose update, join, filter, processing or line.',
})
export type Step = z.output<typeof stepSchema>

const targetField = z.enum([LEVEL_FIELD, ...TARGET_FIELDS], {
  error: 'There is no such field of the log target.',
})

/**
 * What a line does: its source's attributes, steps in their order, and the log target's fields, each a template such
 * as `{log_family}` or `AD-{computer}`. A field that is left out has no value.
 */
export const lineDefinitionSchema = z.strictObject({
  source: z.strictObject({
    /** Columns that files must have. Files without a header have exactly these, in this order. */
    attributes: z.array(attribute).max(MAX_ATTRIBUTES, `At most ${MAX_ATTRIBUTES} attributes.`).default([]),
  }),
  steps: z.array(stepSchema).max(MAX_STEPS, `At most ${MAX_STEPS} steps.`).default([]),
  target: z.partialRecord(targetField, template),
})
export type LineDefinition = z.output<typeof lineDefinitionSchema>
