import { z } from 'zod'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'
import { ruleDefinitionSchema } from './definition'

/** Longer ones don't fit in lists of rules. */
const MAX_NAME_LENGTH = 100
const MAX_NOTE_LENGTH = 500
/** A list that people still find a rule in. */
export const MAX_RULES = 200

const id = z.uuid({ error: 'There is no such rule.' })
const name = z
  .string({ error: 'Give the rule a name.' })
  .trim()
  .min(1, 'Give the rule a name.')
  .max(MAX_NAME_LENGTH, `At most ${MAX_NAME_LENGTH} characters.`)
const note = z.string().trim().max(MAX_NOTE_LENGTH, `At most ${MAX_NOTE_LENGTH} characters.`)
const entityType = z.enum(ENTITY_TYPES, { error: 'Choose what the rule finds.' })

export const createRuleSchema = z.strictObject({
  name,
  note: note.default(''),
  entityType,
  definition: ruleDefinitionSchema,
})
export type CreateRule = z.output<typeof createRuleSchema>

/** What is left out stays; a definition that differs becomes a new version. */
export const updateRuleSchema = z.strictObject({
  id,
  name: name.optional(),
  note: note.optional(),
  definition: ruleDefinitionSchema.optional(),
  unchangedSince: z.iso
    .datetime({ offset: true, error: 'Give the time that `updatedAt` said.' })
    .optional()
    .describe('`updatedAt` as it was read: refused if somebody else has changed it since.'),
})
export type UpdateRule = z.output<typeof updateRuleSchema>

export const ruleIdSchema = z.strictObject({ id })
export type RuleId = z.output<typeof ruleIdSchema>

export const getRuleSchema = z.strictObject({
  id,
  version: z.coerce.number().pipe(z.int().min(1)).optional().describe('The newest unless given.'),
})
export type GetRule = z.output<typeof getRuleSchema>

export const checkRuleSchema = z.strictObject({ entityType, definition: ruleDefinitionSchema })
export type CheckRule = z.output<typeof checkRuleSchema>

export const listAttributesSchema = z.strictObject({ entityType })
export type ListAttributes = z.output<typeof listAttributesSchema>
