import { decodeExactly, decodeHashes } from './encoding'
import type { LeafParts, Salts } from './event-leaf'
import { refuse } from './refusal'

const SEED_LENGTH = 32
const SALT_LENGTH = 16
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const RECEIVED_AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
/** Slots of an event: bounded by its 256 KiB; more would only cost memory. */
const MAX_ERASED = 65_536

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readErased(texts: unknown): string[] {
  if (!Array.isArray(texts) || texts.length === 0 || texts.length > MAX_ERASED)
    return refuse('event_malformed', 'An event with single salts must list the digests of what was erased.')
  return texts.flatMap((text) => decodeHashes([text], 'the erased values'))
}

function readSalts({ seed, salts, redacted }: Record<string, unknown>): Salts {
  if (seed !== undefined && (salts !== undefined || redacted !== undefined))
    return refuse(
      'seed_kept',
      'An event of which values were erased still has its seed: they can be guessed.',
    )
  if (seed !== undefined) return { seed: decodeExactly(seed, SEED_LENGTH, 'The seed') }
  if (!isObject(salts)) return refuse('event_malformed', 'The event has neither a seed nor salts.')
  const decoded = Object.entries(salts).map(([pointer, salt]): [string, string] => [
    pointer,
    decodeExactly(salt, SALT_LENGTH, `The salt of ${pointer}`),
  ])
  return { salts: new Map(decoded), erased: readErased(redacted) }
}

export type EventParts = LeafParts & { receivedAtMs: number }

/** The members by which a line or a proof carries an event. */
export function readEventParts(fields: Record<string, unknown>): EventParts {
  const { id, receivedAt, event } = fields
  if (typeof id !== 'string' || !UUID.test(id)) return refuse('event_malformed', 'The id is not a UUID.')
  const receivedAtMs = typeof receivedAt === 'string' ? Date.parse(receivedAt) : Number.NaN
  if (typeof receivedAt !== 'string' || !RECEIVED_AT.test(receivedAt) || Number.isNaN(receivedAtMs))
    return refuse('event_malformed', 'receivedAt is not a UTC time with three decimals.')
  if (!isObject(event)) return refuse('event_malformed', 'The event is not an object.')
  return { id, receivedAt, receivedAtMs, event, salts: readSalts(fields) }
}
