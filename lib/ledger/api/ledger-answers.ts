import { z } from 'zod'
import { count, moment, next } from '@/lib/api/answer-parts'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'
import { IMPORT_MODES } from '@/lib/ledger/imports/input'

// What the verbs of entities and imports answer, for the API's description.

const type = z.enum(ENTITY_TYPES)
const bound = moment.nullable()

const summarySchema = z
  .strictObject({
    id: z.uuid(),
    type,
    key: z.string(),
    displayName: z.string(),
    note: z.string().describe('What tells it from its namesakes: `THESHIRE · Walter Ardog`.'),
    isCurrent: z.boolean().describe('Whether a record of it holds now.'),
  })
  .meta({ id: 'EntitySummary' })

export const entitiesAnswerSchema = z
  .strictObject({ entities: z.array(summarySchema), next })
  .meta({ id: 'Entities' })

const linkSchema = z.strictObject({
  name: z.string(),
  to: type,
  key: z.string(),
  entity: summarySchema.nullable().describe('Null where the ledger has none with that key.'),
})
const recordSchema = z
  .strictObject({
    validFrom: bound.describe('Inclusive; null: always.'),
    validTo: bound.describe('Exclusive; null: for ever.'),
    displayName: z.string(),
    attributes: z.record(z.string(), z.string()),
    links: z.array(linkSchema),
  })
  .meta({ id: 'EntityRecord', description: 'What an entity was for some time.' })

export const entitySchema = z
  .strictObject({
    id: z.uuid(),
    type,
    key: z.string(),
    displayName: z.string(),
    records: z.array(recordSchema).describe('Oldest first; their periods don’t overlap.'),
    current: recordSchema.nullable().describe('The one that holds now.'),
    linkedFrom: z
      .array(
        z.strictObject({ type, link: z.string(), total: count, entities: z.array(summarySchema).max(50) }),
      )
      .describe('What names it by a link: the accounts of an identity, say.'),
    createdAt: moment,
    updatedAt: moment.describe('Give it as `unchangedSince` with a change.'),
  })
  .meta({ id: 'Entity' })

const importShape = {
  id: z.uuid(),
  type,
  mode: z.enum(IMPORT_MODES),
  effectiveFrom: bound,
  name: z.string().describe('Of the file.'),
  state: z.enum(['preview', 'applied', 'discarded']),
  rows: count,
  added: count,
  changed: count,
  removed: count.describe('Entities that go, or end at `effectiveFrom`.'),
  unchanged: count,
  requestedBy: z.string(),
  requestedAt: moment,
  appliedBy: z.string().nullable(),
  appliedAt: moment.nullable(),
}
export const importsAnswerSchema = z
  .strictObject({ imports: z.array(z.strictObject(importShape).meta({ id: 'ImportSummary' })) })
  .meta({ id: 'Imports' })

const sampleShape = {
  key: z.string(),
  displayName: z.string(),
  fields: z.array(z.strictObject({ name: z.string(), before: z.string(), after: z.string() })),
}
const sampleSchema = z.strictObject(sampleShape).meta({ id: 'EntityChange' })
export const importSchema = z
  .strictObject({
    ...importShape,
    samples: z
      .strictObject({
        added: z.array(sampleSchema),
        changed: z.array(sampleSchema),
        removed: z.array(
          z.strictObject({
            ...sampleShape,
            ended: z.boolean().describe('It stays known for the time before.'),
          }),
        ),
      })
      .describe('The first fifty of each, while it is a preview.'),
    hints: z.array(z.string()).describe('What may be wrong, and is taken all the same.'),
    asks: z
      .strictObject({ removed: count, of: count })
      .nullable()
      .describe('Applying it needs `confirmRemoved`: so many of the type’s entities would go.'),
  })
  .meta({ id: 'Import' })
