import type { ScrubReason } from './scrub-reason'

/**
 * Where in a tenant's log it is. An event is its seq, a tile is named as in the C2SP layout. `through`: up to and with
 * this one, where it isn't known which of them, or it is all of them.
 */
export type ScrubPlace =
  | { kind: 'event'; seq: number; through?: number }
  | { kind: 'tile'; level: number; index: number; through?: number }
  | { kind: 'head' }
  | { kind: 'checkpoint'; epoch: number; size: number }

/** Something that differs. `detail` says what exactly, in a sentence that holds no value of an event. */
export type ScrubFinding = { reason: ScrubReason; place: ScrubPlace; detail: string }

/** One thing that was found wrong, and was wrong still when the scrubber last passed there. */
export type ScrubFailure = ScrubFinding & {
  /** RFC 3339 UTC: when it was first found. */
  foundAt: string
}

/** As `log_scrubs.failures` keeps it: when it was seen last, and whether the trail has an alarm of it. */
export type KnownFailure = ScrubFailure & { seenAt: string; alarmed: boolean }

const range = (from: number, through: number | undefined) =>
  through === undefined || through === from ? `${from}` : `${from} to ${through}`

/** The place in words, to begin a sentence with. */
export function placeWords(place: ScrubPlace): string {
  if (place.kind === 'event') return `Event ${range(place.seq, place.through)}`
  if (place.kind === 'tile') return `Tile ${range(place.index, place.through)} of level ${place.level}`
  if (place.kind === 'head') return 'The head of the log'
  return `The checkpoint of ${place.size} events (epoch ${place.epoch})`
}

export const eventFinding = (
  reason: ScrubReason,
  seq: number,
  through: number,
  detail: string,
): ScrubFinding => ({
  reason,
  place: { kind: 'event', seq, ...(through > seq && { through }) },
  detail,
})

export const tileFinding = (
  reason: ScrubReason,
  level: number,
  index: number,
  detail: string,
): ScrubFinding => ({ reason, place: { kind: 'tile', level, index }, detail })

export const headFinding = (reason: ScrubReason, detail: string): ScrubFinding => ({
  reason,
  place: { kind: 'head' },
  detail,
})
