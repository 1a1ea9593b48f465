import { and, andNot, type Bitmap, emptyBitmap, fullBitmap, invert, or } from './bitmap'

/** What is known of every event of a row: `certain` have it, and none beyond `possible` has. */
export type Truth = { certain: Bitmap; possible: Bitmap }

export const noneOf = (events: number): Truth => ({
  certain: emptyBitmap(events),
  possible: emptyBitmap(events),
})
export const unknownOf = (events: number): Truth => ({
  certain: emptyBitmap(events),
  possible: fullBitmap(events),
})
export const allOf = (events: number): Truth => ({
  certain: fullBitmap(events),
  possible: fullBitmap(events),
})

export function both(into: Truth, other: Truth): Truth {
  and(into.certain, other.certain)
  and(into.possible, other.possible)
  return into
}

export function either(into: Truth, other: Truth): Truth {
  or(into.certain, other.certain)
  or(into.possible, other.possible)
  return into
}

export function negate({ certain, possible }: Truth): Truth {
  invert(certain)
  invert(possible)
  return { certain: possible, possible: certain }
}

/** What may be so but is not certain: to be checked in the events themselves. */
export function doubtful({ certain, possible }: Truth): Bitmap {
  const doubt = possible.slice()
  andNot(doubt, certain)
  return doubt
}
