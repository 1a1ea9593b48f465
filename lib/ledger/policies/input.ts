import { z } from 'zod'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'
import { ruleDefinitionSchema } from '@/lib/ledger/rules/definition'
import { LOG_ENTITIES, MAX_ENTRIES, policyEntrySchema } from './definition'

/** Longer ones don't fit in lists of policies. */
const MAX_NAME_LENGTH = 100
const MAX_NOTE_LENGTH = 500
/** A list that people still find a policy in. */
export const MAX_POLICIES = 100
/** Longer than any origin of events. */
const MAX_ORIGIN_LENGTH = 200
/** The longest text that an event has for a name. */
const MAX_PARAMETER_LENGTH = 1024

const id = z.uuid({ error: 'There is no such policy.' })
const name = z
  .string({ error: 'Give the policy a name.' })
  .trim()
  .min(1, 'Give the policy a name.')
  .max(MAX_NAME_LENGTH, `At most ${MAX_NAME_LENGTH} characters.`)
const note = z.string().trim().max(MAX_NOTE_LENGTH, `At most ${MAX_NOTE_LENGTH} characters.`)
const entries = z
  .array(policyEntrySchema)
  .min(1, 'Add at least one entry.')
  .max(MAX_ENTRIES, `At most ${MAX_ENTRIES} entries.`)
  .describe('In their order: the first that finds something wins.')

export const createPolicySchema = z.strictObject({ name, note: note.default(''), entries })
export type CreatePolicy = z.output<typeof createPolicySchema>

/** What is left out stays; entries that differ become a new version. */
export const updatePolicySchema = z.strictObject({
  id,
  name: name.optional(),
  note: note.optional(),
  entries: entries.optional(),
  unchangedSince: z.iso
    .datetime({ offset: true, error: 'Give the time that `updatedAt` said.' })
    .optional()
    .describe('`updatedAt` as it was read: refused if somebody else has changed it since.'),
})
export type UpdatePolicy = z.output<typeof updatePolicySchema>

export const policyIdSchema = z.strictObject({ id })
export type PolicyId = z.output<typeof policyIdSchema>

export const getPolicySchema = z.strictObject({
  id,
  version: z.coerce.number().pipe(z.int().min(1)).optional().describe('The newest unless given.'),
})
export type GetPolicy = z.output<typeof getPolicySchema>

export const checkPolicySchema = z.strictObject({ entries })
export type CheckPolicy = z.output<typeof checkPolicySchema>

const CHOOSE_POLICY = 'Choose a policy by its id, `default` or `none`.'

export const setSourceSchema = z.strictObject({
  origin: z
    .string()
    .regex(/^(token:.+|silo:.+|console|system)$/, 'Give `token:<id>`, `silo:<name>`, `console` or `system`.')
    .max(MAX_ORIGIN_LENGTH),
  policy: z
    .union([z.literal(['default', 'none']), z.uuid({ error: CHOOSE_POLICY })], { error: CHOOSE_POLICY })
    .describe('A policy of its own, the workspace’s default, or none: its events are not matched.'),
})
export type SetSource = z.output<typeof setSourceSchema>

const parameter = z
  .string()
  .max(MAX_PARAMETER_LENGTH, `At most ${MAX_PARAMETER_LENGTH} characters.`)
  .optional()

export const explainMatchSchema = z.strictObject({
  policyId: z.uuid().optional().describe('The default policy unless given.'),
  rule: z
    .strictObject({ entityType: z.enum(ENTITY_TYPES), definition: ruleDefinitionSchema })
    .optional()
    .describe('One rule by itself, saved or not, instead of a policy.'),
  entries: entries.optional().describe('Entries of a policy, saved or not, instead of a policy.'),
  logEntity: z.enum(LOG_ENTITIES).default('actor'),
  name: parameter.describe('Parameter 1: login, or the target’s name.'),
  parent: parameter.describe('Parameter 2: repository, or the target’s parent.'),
  identity: parameter.describe('Parameter 3, of actors: the name of the person.'),
  id: parameter.describe('Parameter 4.'),
  at: z.iso
    .datetime({ offset: true, error: 'Give a time such as 2026-03-01T08:00:00Z.' })
    .optional()
    .describe('When the event occurred; now unless given.'),
})
export type ExplainMatch = z.output<typeof explainMatchSchema>
