import { z } from 'zod'
import type { Settings } from '@/lib/delivery/destinations/contract'
import { destinationKind, type KindName } from '@/lib/delivery/destinations/registry'
import { type DestinationRole, kindsOf, ROLE_WORDS } from '@/lib/delivery/destinations/roles'
import { maskingInput } from '@/lib/delivery/masking/masking-rule'
import { LEVELS } from '@/lib/event/levels'
import type { NamedDestination } from './find-destination'

const MAX_NOTE_LENGTH = 500
/** A form of more log types than this is a filter that nobody understands. */
const MAX_TYPES = 50
/** As long as a link may be. */
const MAX_FILTER_LENGTH = 2000

/** Where a new destination begins to read: after what is in the trail already, or at its first event. */
const STARTS = ['now', 'beginning'] as const

/** A switch of a form that may also say nothing. */
const switched = z.union([z.boolean(), z.stringbool()])

const common = {
  note: z.string().trim().max(MAX_NOTE_LENGTH, `At most ${MAX_NOTE_LENGTH} characters.`).default(''),
  types: z
    .array(
      z.string().regex(/^[a-z0-9._-]{1,64}$/, 'A log type is made of a–z, 0–9, dot, underscore and hyphen.'),
    )
    .max(MAX_TYPES, `At most ${MAX_TYPES} log types.`)
    .default([])
    .describe('Log types to take; all if empty.'),
  levels: z
    .array(z.enum(LEVELS, `Choose from ${LEVELS.join(', ')}.`))
    .default([])
    .describe('Log levels to take; all if empty.'),
  filter: z
    .string()
    .trim()
    .max(MAX_FILTER_LENGTH, `At most ${MAX_FILTER_LENGTH} characters.`)
    .default('')
    .describe('What else events must match, as the query of /api/v1/events: actor=jdoe&data.region=eu.'),
  masking: maskingInput,
  carriesMatches: switched
    .default(false)
    .describe('Whether events carry whom and what the ledger knows behind their actors and targets.'),
}

const start = z.enum(STARTS).default('now')
const enabled = switched.default(true).describe('Switched off, it keeps its place and sends nothing.')
const isOn = switched.optional().describe('Switches it on or off; left out, it stays as it is.')

const unchangedSince = z.iso
  .datetime({ offset: true, error: 'Give the time that `updatedAt` said.' })
  .optional()
  .describe('`updatedAt` as it was read: refused if somebody else has changed it since.')

/** The id of a destination of that role, as an input names it. */
const idOf = (role: DestinationRole) => z.uuid({ error: `There is no such ${ROLE_WORDS[role].noun}.` })

type Common = z.output<z.ZodObject<typeof common>>
/** `fields` are the kind's own, parsed by its `input`. */
export type CreateDestination = Common & {
  kind: KindName
  fields: Settings
  start: (typeof STARTS)[number]
  enabled?: boolean
}
/**
 * `enabled` pauses or resumes it with the edit; without it, it stays as it is. `unchangedSince` is when it was last
 * changed, as far as whoever edits it knows.
 */
export type UpdateDestination = Common & {
  id: string
  kind: KindName
  fields: Settings
  enabled?: boolean
  unchangedSince?: string
}
export type PreviewDestination = Omit<UpdateDestination, 'id' | 'enabled' | 'unchangedSince'> & {
  id?: string
}

type Flat = Common & { kind: KindName } & Record<string, unknown>

/** What belongs to every destination on one side, what belongs to its kind on the other. */
function splitFields(input: Flat, extra: readonly string[]) {
  const shared = new Set<string>(['kind', ...Object.keys(common), ...extra])
  const entries = Object.entries(input)
  return {
    ...Object.fromEntries(entries.filter(([name]) => shared.has(name))),
    fields: Object.fromEntries(entries.filter(([name]) => !shared.has(name))),
  }
}

const schemaOf = (name: KindName, extra: z.ZodRawShape) =>
  z.strictObject({ kind: z.literal(name), ...common, ...extra, ...destinationKind(name).input.shape })

/** One schema for the kinds of a role, by their names: everything flat, the kind's own fields beside the common ones. */
function unionOf<Output>(
  role: DestinationRole,
  extra: z.ZodRawShape,
  given: Partial<CreateDestination> = {},
) {
  const kinds = kindsOf(role)
  const schemas = kinds.map((name) => schemaOf(name, extra))
  return z
    .discriminatedUnion('kind', schemas as unknown as [ReturnType<typeof schemaOf>], {
      error: `Choose a kind: ${kinds.join(', ')}.`,
    })
    .transform(
      (input) => ({ ...given, ...splitFields(input as Flat, Object.keys(extra)) }) as unknown as Output,
    )
}

/** Inputs of destinations and of channels, which begin with what comes now, and are switched in the same form. */
function inputSchemasOf(role: DestinationRole) {
  const id = idOf(role)
  const isChannel = role === 'channel'
  const onEdit: z.ZodRawShape = { unchangedSince, ...(isChannel && { enabled: isOn }) }
  const onCreation: z.ZodRawShape = isChannel ? { enabled } : { start }
  return {
    /** What a new one is made from. */
    create: unionOf<CreateDestination>(role, onCreation, isChannel ? { start: 'now' } : {}),
    /** The whole of it as it shall be. A secret that is left out stays as it is. */
    update: unionOf<UpdateDestination>(role, { id, ...onEdit }),
    /** The same where the path names it. */
    change: unionOf<Omit<UpdateDestination, 'id'>>(role, onEdit),
    /** What is being filled in; with the id of an existing one its stored secrets count. */
    preview: unionOf<PreviewDestination>(role, {
      id: id.optional(),
      ...(isChannel && { enabled: isOn.describe('Changes nothing.') }),
    }),
  }
}

/** Made once: the API's description and its handlers share them. */
export const INPUT_SCHEMAS = {
  forwarding: inputSchemasOf('forwarding'),
  channel: inputSchemasOf('channel'),
} satisfies Record<DestinationRole, unknown>

export const {
  create: createDestinationSchema,
  update: updateDestinationSchema,
  preview: previewDestinationSchema,
} = INPUT_SCHEMAS.forwarding

/** What a filter would let through. */
export const volumeSchema = z.strictObject({
  types: common.types,
  levels: common.levels,
  filter: common.filter,
})

/** Names one of a role: an id of the other role is not found. */
export const idSchemaOf = <Role extends DestinationRole>(role: Role) =>
  z.strictObject({ id: idOf(role), role: z.literal(role).default(role as never) })

export type DestinationId = NamedDestination
