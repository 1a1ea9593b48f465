import { z } from 'zod'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { LEVELS, type Level } from '@/lib/event/levels'
import { canonicalJson } from '@/lib/integrity/jcs'
import { type EventNote, eventNoteSchema, toEventNote } from './event-note'

/** Nobody reads on; the trail has them all. */
export const MAX_LISTED = 50
/** Of the log types, those with most events. */
export const MAX_TYPES = 50

/** A rule that fired for one group. */
const alarmSchema = z.strictObject({
  /** Whose events they are: an account, a thing, an address; null where a rule makes no groups. */
  group: z.string().nullable(),
  /** The event that made the number full, and when it was received. */
  seq: z.number(),
  at: z.string(),
  /** When the first event that was counted was received. */
  since: z.string(),
  /** Events of the group since the message that told of it before. */
  events: z.int(),
  /** The latest of them, in the order of the trail. */
  listed: z.array(eventNoteSchema),
})
export type Alarm = z.infer<typeof alarmSchema>

/**
 * What a message to people is made of: the counts of all its events, and some of them. Never more than some kilobytes,
 * however many there are. Frozen as the batch's body, so that every try sends the same message.
 */
export const digestSchema = z.strictObject({
  events: z.int(),
  /** Of the first and the last event: their places, and when they were received. */
  firstSeq: z.number(),
  lastSeq: z.number(),
  from: z.string(),
  to: z.string(),
  /** Events by level; levels that none has are left out. */
  levels: z.partialRecord(z.enum(LEVELS), z.int()),
  /** Events by log type, most first; of equals by name. Further ones than `MAX_TYPES` are left out. */
  types: z.array(z.tuple([z.string(), z.int()])),
  /** The most severe, then the first ones, in the order of the trail. */
  listed: z.array(eventNoteSchema),
  /** Where a rule counts: that it fired. Then nothing but these is told. */
  alarms: z.array(alarmSchema).optional(),
  /** Groups beyond those: their alarms are on record, and counted in `events`. */
  moreAlarms: z.int().optional(),
})
export type Digest = z.infer<typeof digestSchema>

const severityOf = (level: Level) => LEVELS.indexOf(level)

/** The digest of some events, in the order of the trail; at least one. Pure. */
export function digestOf(events: readonly ForwardedEvent[]): Digest {
  const [first] = events
  const last = events.at(-1)
  if (!first || !last) throw new Error('a digest needs an event')
  const levels: Partial<Record<Level, number>> = {}
  const types = new Map<string, number>()
  for (const { level, type } of events) {
    levels[level] = (levels[level] ?? 0) + 1
    types.set(type, (types.get(type) ?? 0) + 1)
  }
  return {
    events: events.length,
    firstSeq: first.seq,
    lastSeq: last.seq,
    from: first.receivedAt,
    to: last.receivedAt,
    levels,
    types: sortTypes(types).slice(0, MAX_TYPES),
    listed: mostSevere(events.map(toEventNote), MAX_LISTED),
  }
}

export const sortTypes = (types: ReadonlyMap<string, number>): [string, number][] =>
  [...types].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))

/** The most severe, of equals the first ones, in the order of the trail. Pure. */
export function mostSevere(notes: readonly EventNote[], max: number): EventNote[] {
  const chosen = [...notes].sort((a, b) => severityOf(b.level) - severityOf(a.level) || a.seq - b.seq)
  return chosen.slice(0, max).sort((a, b) => a.seq - b.seq)
}

/** The bytes that are frozen. */
export const writeDigest = (digest: Digest): Buffer => Buffer.from(canonicalJson(digest))

/** Reads the body of a delivery to people. Throws if it is none. */
export const readDigest = (body: Uint8Array): Digest =>
  digestSchema.parse(JSON.parse(new TextDecoder().decode(body)))
