import { z } from 'zod'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'
import type { MatchedEntity, MatchedEvent, ShownEntity } from '@/lib/ledger/matched/matched-event'

// What is known of actors and targets by the ledger, for the API's description.

const type = z.enum(ENTITY_TYPES)

export const shownEntitySchema = z
  .strictObject({ id: z.uuid(), type, key: z.string(), display: z.string() })
  .meta({ id: 'ShownEntity' }) satisfies z.ZodType<ShownEntity>

export const matchedEntitySchema = z
  .strictObject({
    id: z.uuid().optional(),
    type: type.optional(),
    key: z.string().optional(),
    display: z.string().describe('What readers see instead of the raw name.'),
    identity: shownEntitySchema.optional().describe('The person behind an account.'),
    organisation: shownEntitySchema.optional().describe('Of that person.'),
    candidates: z
      .array(shownEntitySchema)
      .optional()
      .describe('Several fit, and none was taken: there is no `id` then.'),
    policy: z.strictObject({ id: z.uuid(), version: z.int() }),
    rule: z.strictObject({ id: z.uuid(), version: z.int(), name: z.string() }),
  })
  .meta({
    id: 'MatchedEntity',
    description: 'What the ledger knows behind an actor or target, and by which rule.',
  }) satisfies z.ZodType<MatchedEntity>

export const matchedEventSchema = z
  .strictObject({
    actor: matchedEntitySchema.optional(),
    targets: z
      .array(matchedEntitySchema.nullable())
      .optional()
      .describe('A place for each target of the event; null where nothing was found.'),
  })
  .meta({ id: 'MatchedEvent' }) satisfies z.ZodType<MatchedEvent>
