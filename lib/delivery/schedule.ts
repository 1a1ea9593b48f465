import { type SQL, sql } from 'drizzle-orm'

/** The columns by which a stream collects before it sends. */
export type Rhythm = { everySeconds: number | null; phaseSeconds: number }

/**
 * When a stream is looked at again: at once if it finds something, after so many milliseconds, or, where it collects,
 * at its next time `phase + k * every`, by the database's clock.
 */
export type Due = 'at_once' | 'next_time' | { inMs: number }

export function dueAt(due: Due, { everySeconds, phaseSeconds }: Rhythm): SQL {
  if (typeof due === 'object') return sql`now() + ${due.inMs}::float8 * interval '1 ms'`
  if (due === 'at_once' || everySeconds === null) return sql`now()`
  return sql`to_timestamp((floor((extract(epoch from now()) - ${phaseSeconds}::int) / ${everySeconds}::int) + 1)
    * ${everySeconds}::int + ${phaseSeconds}::int)`
}

/**
 * Whether a stream `s` may be served, with its trail's head as `h`: its time has come, or it has collected enough;
 * what backs off waits in any case.
 */
export const hasEnough = sql`(s.flush_events is not null and s.next_seq + s.flush_events <= h.readable
  and s.consecutive_failures = 0)`
