import { z } from 'zod'
import { isStorableText } from '@/lib/errors/parse-input'

/** Why values are erased: a closed list, because it stands in the trail for ever and must name nobody. */
export const REASON_CODES = [
  'data_subject_request',
  'legal_obligation',
  'secret_leaked',
  'mistake',
  'other',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** Events that are erased in one request; more belong to one actor, or to retention. */
const MAX_SEQS = 200
/** Spellings of one actor: login, e-mail address, number, former names. */
const MAX_VALUES = 10
/** Shorter ones stand in every other text. */
const MIN_VALUE_LENGTH = 3
const MAX_VALUE_LENGTH = 1024
const MAX_POINTERS = 64
/** All pointers stand in two events of the trail, of which each may have 256 KiB. */
const MAX_POINTER_BYTES = 64 * 1024
const MAX_NOTE = 500

const pointer = z
  .string()
  .max(2048)
  .regex(
    /^((\/([^~/]|~[01])*){1,2})?$/,
    'must be a JSON pointer to a member of the event or to a member of that: /actor/login',
  )
const pointers = z
  .array(pointer, { error: 'Choose what to erase.' })
  .min(1, 'Choose what to erase.')
  .max(MAX_POINTERS)
  .refine(
    (all) => new TextEncoder().encode(all.join('')).length <= MAX_POINTER_BYTES,
    'All pointers together are too long: choose the members around them.',
  )
const reasonCode = z.enum(REASON_CODES, { error: 'Say why.' })
const note = z
  .string()
  .trim()
  .max(MAX_NOTE, `At most ${MAX_NOTE} characters.`)
  .optional()
  .describe('For those who look back, such as the number of a ticket. It stays: write no name into it.')

const chosenEvents = {
  eventId: z.uuid({ error: 'There is no such event.' }).optional(),
  seqs: z.array(z.int().min(0)).min(1).max(MAX_SEQS).optional(),
}
const hasEvents = ({ eventId, seqs }: { eventId?: string | undefined; seqs?: number[] | undefined }) =>
  (eventId === undefined) !== (seqs === undefined)
const ONE_WAY = { error: 'Give either eventId or seqs.', path: ['eventId'] }

/** `pointers` name slots (`/actor/login`), all slots of a member (`/actor`), or with `''` the whole event. */
export const eraseValuesSchema = z
  .strictObject({ ...chosenEvents, pointers, reasonCode, note })
  .refine(hasEvents, ONE_WAY)
export type EraseValues = z.infer<typeof eraseValuesSchema>

export const previewErasureSchema = z.strictObject({ ...chosenEvents, pointers }).refine(hasEvents, ONE_WAY)
export type PreviewErasure = z.infer<typeof previewErasureSchema>

const actorValues = z
  .array(
    z
      .string()
      .trim()
      .min(MIN_VALUE_LENGTH, `At least ${MIN_VALUE_LENGTH} characters: shorter ones stand in every text.`)
      .max(MAX_VALUE_LENGTH, `At most ${MAX_VALUE_LENGTH} characters each.`)
      .refine(isStorableText, 'This contains a character that cannot be stored. Type it again.'),
    { error: 'Say who: a login, an identity or an id.' },
  )
  .min(1, 'Say who: a login, an identity or an id.')
  .max(MAX_VALUES, `At most ${MAX_VALUES} names at once.`)
  .describe('How the actor is called in the trail: logins, identities, ids. Compared to the letter.')

/**
 * Everything about one actor. `mentions` (the default) also erases every other value in which one of these stands:
 * a message, a member of `data`. Without it only where it is the actor, on whose behalf, or a target.
 */
export const eraseActorSchema = z.strictObject({
  actor: actorValues,
  mentions: z
    .union([z.boolean(), z.enum(['on', 'off']).transform((sent) => sent === 'on')])
    .default(true)
    .describe('Also erase messages, data and other values in which one of these stands.'),
  reasonCode,
  note,
})
export type EraseActor = z.infer<typeof eraseActorSchema>

export const previewActorSchema = z.strictObject({ actor: actorValues })
export type PreviewActor = z.infer<typeof previewActorSchema>
