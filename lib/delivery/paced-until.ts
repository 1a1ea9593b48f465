import { type SQL, sql } from 'drizzle-orm'
import { deliveryStreams } from '@/db/schema/delivery'
import { type Pace, placesOf } from './pace'

/** A message that went through, as it counts for its channel's pace. */
export type Told = { pace: Pace; events: number }

const seconds = (count: number) => sql`${count}::float8 * interval '1 s'`

/**
 * When the bucket of a channel will be empty again after a message (GCRA's theoretical arrival time): later by the
 * places that it takes, but never by more than the bucket has.
 */
export function pacedUntil({ pace, events }: Told): SQL {
  const { burst, refillSeconds } = pace
  const taken = seconds(placesOf(events, pace) * refillSeconds)
  return sql`least(greatest(now(), ${deliveryStreams.pacedUntil}) + ${taken}, now() + ${seconds(burst * refillSeconds)})`
}

/** When the next message may go: as soon as there is a place for it, but not right behind the last one. */
export function pacedDue({ burst, refillSeconds, gapSeconds }: Pace, until: SQL): SQL {
  return sql`greatest(now() + ${seconds(gapSeconds)}, ${until} - ${seconds((burst - 1) * refillSeconds)})`
}
