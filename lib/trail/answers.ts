import { z } from 'zod'
import { eventInputSchema } from '@/lib/event/event-input'
import { LEVELS } from '@/lib/event/levels'
import { matchedEventSchema, shownEntitySchema } from '@/lib/ledger/api/matched-answers'
import type { EntityFacets } from './entity-facets'
import { TARGET_FIELDS, type TargetEvent } from './export/target-fields'
import { FACET_NAMES } from './facet-names'
import type { EventPage } from './list'
import type { Count, Facets, Histogram } from './overview'
import type { ShownEvent } from './with-matched'

// What the trail's verbs answer, for the API's description. `satisfies` keeps each equal to the verb's own type.

const seq = z.int().min(0)

export const eventSchema = eventInputSchema.meta({ id: 'Event', description: 'An event as clients send it.' })

export const storedEventSchema = z
  .strictObject({
    id: z.uuid().describe('UUIDv7, or UUIDv8 made from the event’s identity at its origin.'),
    seq: seq.describe('Position in the trail: 0, 1, 2 … without gaps.'),
    receivedAt: z.iso.datetime({ precision: 3 }),
    leafHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('Its leaf in the Merkle tree.'),
    origin: z.string().describe('How it came: `token:<id>`, `silo:<name>`, `console`, `system`.'),
    erased: z
      .literal(true)
      .optional()
      .describe(
        'Values of it were erased, by demand or because their time had passed. `type` and `action` read `erased` where they are among these.',
      ),
    ...eventInputSchema.shape,
    level: z.enum(LEVELS),
    occurredAt: eventInputSchema.shape.occurredAt.unwrap(),
    matched: matchedEventSchema.optional().describe('What the ledger knows; with `matched=true` only.'),
  })
  .meta({
    id: 'StoredEvent',
    description: 'An event as it leaves: what the trail added, then what was accepted.',
  }) satisfies z.ZodType<ShownEvent>

const cursor = z.string().nullable()
const eventPageSchema = z
  .strictObject({
    events: z.array(storedEventSchema),
    next: cursor.describe(
      'Give it as `cursor` for what follows; null at the end. A page may be short and yet have one.',
    ),
    prev: cursor.describe('The same for what came before.'),
  })
  .meta({ id: 'EventPage' }) satisfies z.ZodType<EventPage>

const targetField = (name: string) =>
  name === 'whatcount' ? z.int().min(1) : z.string().describe('Empty where the event says nothing.')
const targetEventSchema = z
  .strictObject({
    id: z.uuid(),
    seq,
    ...Object.fromEntries(TARGET_FIELDS.map((name) => [name, targetField(name)])),
    matched: matchedEventSchema.optional().describe('What the ledger knows; with `matched=true` only.'),
  })
  .meta({
    id: 'TargetEvent',
    description: 'An event under the names of the log target of collection lines.',
  }) satisfies z.ZodType<TargetEvent>

/** What `fields` chooses between. */
export const shownEventSchema = z.union([storedEventSchema, targetEventSchema])
export const shownPageSchema = z.union([
  eventPageSchema,
  eventPageSchema
    .extend({ events: z.array(targetEventSchema) })
    .meta({ id: 'TargetEventPage', description: 'With `fields=target`.' }),
])

const exact = z.boolean().describe('False: at least so many. Counting on would make you wait.')
export const countAnswerSchema = z
  .strictObject({ value: z.int().min(0), exact })
  .meta({ id: 'Count' }) satisfies z.ZodType<Count>

const facetValue = z.strictObject({ value: z.string(), count: z.int().min(1) })
export const facetsAnswerSchema = z
  .partialRecord(z.enum(FACET_NAMES), z.strictObject({ values: z.array(facetValue), exact }))
  .meta({
    id: 'Facets',
    description: 'Most frequent first, counted under the whole filter but the facet’s own choice.',
  }) satisfies z.ZodType<Facets>

const entityCounts = z.array(z.strictObject({ entity: shownEntitySchema, count: z.int().min(1) }))
export const entityFacetsAnswerSchema = z
  .strictObject({
    person: entityCounts.describe('Over all accounts of each.'),
    organisation: entityCounts.describe('Those of these people.'),
    exact,
  })
  .meta({
    id: 'EntityFacets',
    description: 'Most frequent first, counted under the whole filter but `actorEntity`.',
  }) satisfies z.ZodType<EntityFacets>

const moment = z.iso.datetime({ precision: 3 })
export const histogramAnswerSchema = z
  .strictObject({
    from: moment,
    to: moment.describe('Exclusive.'),
    stepMs: z.int().min(1).describe('Milliseconds of a bar.'),
    bars: z
      .array(z.strictObject({ at: moment, levels: z.partialRecord(z.enum(LEVELS), z.int().min(1)) }))
      .describe('Bars that have events.'),
    exact,
  })
  .meta({ id: 'Histogram' }) satisfies z.ZodType<Histogram>
