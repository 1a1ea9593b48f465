/**
 * How often people are told at most. Messages come at once while there is room in the bucket: each takes a place, one
 * about many events a further place for each ten, and a place comes free each `refillSeconds`. So an event now and
 * then is told within a second, and a flood becomes some messages a minute that count it whole.
 */
export type Pace = {
  burst: number
  refillSeconds: number
  /** Between two messages in any case: what receivers allow, and what arrives together is told together. */
  gapSeconds: number
}

/** Events that take one more place of the bucket. */
const EVENTS_PER_PLACE = 10

/** Places of the bucket that a message about so many events takes; a message can take all of it, and no more. Pure. */
export const placesOf = (events: number, { burst }: Pace): number =>
  Math.min(burst, Math.max(1, Math.ceil(events / EVENTS_PER_PLACE)))
