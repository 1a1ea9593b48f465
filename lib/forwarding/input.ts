import { z } from 'zod'
import type { Settings } from '@/lib/delivery/destinations/contract'
import { destinationKind, KIND_NAMES, type KindName } from '@/lib/delivery/destinations/registry'
import { maskingInput } from '@/lib/delivery/masking/masking-rule'
import { LEVELS } from '@/lib/event/levels'

const MAX_NOTE_LENGTH = 500
/** A form of more log types than this is a filter that nobody understands. */
const MAX_TYPES = 50
/** As long as a link may be. */
const MAX_FILTER_LENGTH = 2000

/** Where a new destination begins to read: after what is in the trail already, or at its first event. */
const STARTS = ['now', 'beginning'] as const

const common = {
  note: z.string().trim().max(MAX_NOTE_LENGTH, `At most ${MAX_NOTE_LENGTH} characters.`).default(''),
  types: z
    .array(
      z.string().regex(/^[a-z0-9._-]{1,64}$/, 'A log type is made of a–z, 0–9, dot, underscore and hyphen.'),
    )
    .max(MAX_TYPES, `At most ${MAX_TYPES} log types.`)
    .default([])
    .describe('Log types to forward; all if empty.'),
  levels: z
    .array(z.enum(LEVELS, `Choose from ${LEVELS.join(', ')}.`))
    .default([])
    .describe('Log levels to forward; all if empty.'),
  filter: z
    .string()
    .trim()
    .max(MAX_FILTER_LENGTH, `At most ${MAX_FILTER_LENGTH} characters.`)
    .default('')
    .describe('What else events must match, as the query of /api/v1/events: actor=jdoe&data.region=eu.'),
  masking: maskingInput,
}

const id = z.uuid({ error: 'There is no such destination.' })
const start = z.enum(STARTS).default('now')

type Common = z.output<z.ZodObject<typeof common>>
/** `fields` are the kind's own, parsed by its `input`. */
export type CreateDestination = Common & { kind: KindName; fields: Settings; start: (typeof STARTS)[number] }
export type UpdateDestination = Common & { id: string; kind: KindName; fields: Settings }
export type PreviewDestination = Omit<UpdateDestination, 'id'> & { id?: string }

type Flat = Common & { kind: KindName } & Record<string, unknown>

/** What belongs to every destination on one side, what belongs to its kind on the other. */
function splitFields<Extra extends string>(input: Flat, extra: readonly Extra[]) {
  const shared = new Set<string>(['kind', ...Object.keys(common), ...extra])
  const entries = Object.entries(input)
  return {
    ...Object.fromEntries(entries.filter(([name]) => shared.has(name))),
    fields: Object.fromEntries(entries.filter(([name]) => !shared.has(name))),
  }
}

/** What people may add by themselves. Channels come with something else, or from the page of channels. */
export const FORWARDING_KINDS = KIND_NAMES.filter((name) => destinationKind(name).role === 'forwarding')

const schemaOf = (name: KindName, extra: z.ZodRawShape) =>
  z.strictObject({ kind: z.literal(name), ...common, ...extra, ...destinationKind(name).input.shape })

const unionOf = (extra: z.ZodRawShape) =>
  z.discriminatedUnion(
    'kind',
    FORWARDING_KINDS.map((name) => schemaOf(name, extra)) as unknown as [ReturnType<typeof schemaOf>],
    { error: `Choose a kind: ${FORWARDING_KINDS.join(', ')}.` },
  )

/** What a new destination is made from: everything flat, the kind's own fields beside the common ones. */
export const createDestinationSchema = unionOf({ start }).transform(
  (input) => splitFields(input as Flat, ['start']) as unknown as CreateDestination,
)

/** The whole destination as it shall be. A secret that is left out stays as it is. */
export const updateDestinationSchema = unionOf({ id }).transform(
  (input) => splitFields(input as Flat, ['id']) as unknown as UpdateDestination,
)

/** The same where the path names the destination. */
export const changeDestinationSchema = unionOf({}).transform(
  (input) => splitFields(input as Flat, []) as unknown as Omit<UpdateDestination, 'id'>,
)

/** What is being filled in; with the id of an existing destination its stored secrets count. */
export const previewDestinationSchema = unionOf({ id: id.optional() }).transform(
  (input) => splitFields(input as Flat, ['id']) as unknown as PreviewDestination,
)

/** What a filter would forward. */
export const volumeSchema = z.strictObject({
  types: common.types,
  levels: common.levels,
  filter: common.filter,
})

export const destinationIdSchema = z.strictObject({ id })
export type DestinationId = z.output<typeof destinationIdSchema>
