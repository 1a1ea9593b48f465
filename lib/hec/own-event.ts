import { type EventInput, eventInputSchema } from '@/lib/event/event-input'
import { isObject } from '@/lib/ways-in/is-object'

/** What the trail that forwarded the event had added to it, see `toEventJson`. */
type Forwarded = {
  id: string
  seq: number
  receivedAt: string
  leafHash: string
  origin: string
  /** True once values of it were erased there. */
  erased?: true
  /** The signed note under which it left, on the last event of a batch. */
  checkpoint?: string
  /** What the trail before that one had added. */
  forwarded?: unknown
}
export type OwnEvent = { event: EventInput; forwarded?: Forwarded }

const LEAF_HASH = /^[0-9a-f]{64}$/

function isForwarded(value: unknown): value is Forwarded {
  if (!isObject(value)) return false
  const { id, seq, receivedAt, leafHash, origin } = value
  return (
    [id, receivedAt, origin, leafHash].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(seq) &&
    LEAF_HASH.test(leafHash as string)
  )
}

/**
 * The id that an event had in the first trail it was in, however many forwarded it since: two trails that forward
 * to each other know by it what they have.
 */
export function rootIdOf({ forwarded, event }: OwnEvent): string | undefined {
  let id = forwarded?.id
  for (let before = event.data?.forwarded; id !== undefined && isForwarded(before); before = before.forwarded)
    id = before.id
  return id
}

function splitForwarded(value: Record<string, unknown>): {
  event: Record<string, unknown>
  forwarded?: Forwarded
} {
  if (!isForwarded(value)) return { event: value }
  const { id, seq, receivedAt, leafHash, origin, erased, checkpoint, ...event } = value as Forwarded &
    Record<string, unknown>
  const added = {
    id,
    seq,
    receivedAt,
    leafHash,
    origin,
    ...(erased === true && { erased }),
    ...(typeof checkpoint === 'string' && { checkpoint }),
  }
  return { event, forwarded: added }
}

/**
 * An event that speaks our own words: sent by another Spoor, or by a client that knows our fields. Undefined for
 * all others, also for those that happen to have a `type` and an `action` of another meaning.
 */
export function readOwnEvent(value: unknown): OwnEvent | undefined {
  if (!isObject(value) || typeof value.type !== 'string' || typeof value.action !== 'string') return undefined
  const { event, forwarded } = splitForwarded(value)
  if (!eventInputSchema.safeParse(event).success) return undefined
  if (value.type.startsWith('trail.') || value.action.startsWith('trail.')) return undefined
  return { event: event as EventInput, ...(forwarded && { forwarded }) }
}
