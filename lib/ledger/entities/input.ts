import { z } from 'zod'
import { ENTITY_TYPES, type EntityType } from '@/lib/ledger/entity-types'
import { MAX_KEY_LENGTH, MAX_QUERY_LENGTH, MAX_RECORDS, MAX_VALUE_LENGTH } from './limits'

const DEFAULT_PAGE_SIZE = 50
const MAX_PAGE_SIZE = 500

const id = z.uuid({ error: 'There is no such entity.' })
const type = z.enum(ENTITY_TYPES, { error: `Choose one of ${ENTITY_TYPES.join(', ')}.` })
const key = z
  .string()
  .trim()
  .min(1, 'Give a key.')
  .max(MAX_KEY_LENGTH, `At most ${MAX_KEY_LENGTH} characters.`)
const value = z.string().trim().max(MAX_VALUE_LENGTH, `At most ${MAX_VALUE_LENGTH} characters.`)
export const momentSchema = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: 'Give a day of the calendar such as 2026-03-01, or a time such as 2026-03-01T08:00:00Z.',
})

export const listEntitiesSchema = z.strictObject({
  type: type.optional(),
  q: z.string().trim().max(MAX_QUERY_LENGTH).optional().describe('Beginnings of words, all of which it has.'),
  link: z
    .strictObject({ name: z.string().min(1), key })
    .optional()
    .describe('Only entities whose link of this name has this key: the accounts of an identity.'),
  after: z
    .string()
    .max(MAX_KEY_LENGTH + 100)
    .optional()
    .describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
})
export type ListEntities = z.output<typeof listEntitiesSchema>

export const entityIdSchema = z.strictObject({ id })
export type EntityId = z.output<typeof entityIdSchema>

export type FindEntity = { type: EntityType; key: string }

const attributes = z
  .record(z.string(), value)
  .default({})
  .describe('Texts by name. Names are kept in lower case; blanks in them become underscores.')
const links = z
  .record(z.string(), z.union([value, z.array(value)]))
  .default({})
  .describe('Keys of other entities by the name of the link: `{"identity": "wardog", "groups": ["admins"]}`.')
const validFrom = momentSchema
  .nullable()
  .optional()
  .describe('From then on, inclusive. Null or absent: always.')
const validTo = momentSchema
  .nullable()
  .optional()
  .describe('Until then, exclusive. Null or absent: for ever.')

const displayName = value.optional().describe('Without one: its name, else its key.')

const recordSchema = z.strictObject({ displayName, attributes, links, validFrom, validTo })
export type RecordInput = z.output<typeof recordSchema>

/**
 * Adds an entity, or changes the one with this key (or with `id`, whose key may be another one then). With `records`,
 * these are all that is known of it. Otherwise what is given holds from `validFrom` on, and what was known before
 * stays; without `validFrom` it corrects the record that holds now.
 */
export const saveEntitySchema = recordSchema.extend({
  type,
  key: key.optional().describe('Without one: made of repository and name.'),
  records: z
    .array(recordSchema)
    .min(1, 'Give a record, or remove the entity.')
    .max(MAX_RECORDS, `At most ${MAX_RECORDS} records.`)
    .optional(),
  id: id.optional().describe('The entity that is changed, where its key is to be another one.'),
  isNew: z.boolean().optional().describe('Refused where there is an entity with this key already.'),
  unchangedSince: z.iso
    .datetime({ offset: true, error: 'Give the time that `updatedAt` said.' })
    .optional()
    .describe('`updatedAt` as it was read: refused if somebody else has changed it since.'),
})
export type SaveEntity = z.input<typeof saveEntitySchema>
export type SavedEntity = z.output<typeof saveEntitySchema>
