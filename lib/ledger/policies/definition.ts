import { z } from 'zod'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'
import { ruleDefinitionSchema } from '@/lib/ledger/rules/definition'

/** Entries of one policy: each may be tried for each name. */
export const MAX_ENTRIES = 50
const MAX_DISPLAY_LENGTH = 500

/** What an entry is for: who did it, a target of a type, or a target whose type nobody said (or that is none of ours). */
export const LOG_ENTITIES = ['actor', 'undetermined', ...ENTITY_TYPES] as const
export type LogEntity = (typeof LOG_ENTITIES)[number]

/** A template over the found entity: `{display_name} ({organisation})`; `{identity|display_name}` is the first that is not blank. */
const display = z
  .string()
  .trim()
  .min(1, 'Say what is displayed, such as {display_name}.')
  .max(MAX_DISPLAY_LENGTH, `At most ${MAX_DISPLAY_LENGTH} characters.`)

export const policyEntrySchema = z.strictObject({
  logEntity: z.enum(LOG_ENTITIES),
  ruleId: z.uuid(),
  display,
})
export type PolicyEntry = z.infer<typeof policyEntrySchema>

/** A policy as it is stored: it says all by itself, whatever becomes of its rules. */
export const policyVersionSchema = z.strictObject({
  entries: z
    .array(
      policyEntrySchema.extend({
        rule: z.strictObject({
          name: z.string(),
          version: z.int(),
          entityType: z.enum(ENTITY_TYPES),
          definition: ruleDefinitionSchema,
        }),
      }),
    )
    .max(MAX_ENTRIES),
})
export type PolicyVersion = z.infer<typeof policyVersionSchema>
