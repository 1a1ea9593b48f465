import { and, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { events } from '@/db/schema/events'
import { matchingEvents, type StreamKey } from '@/lib/delivery/matching-events'
import type { OpenStream } from '@/lib/delivery/open-stream'
import { readShown } from '@/lib/delivery/show-events'
import { type Digest, MAX_LISTED } from './digest'
import { DIGEST_WINDOW, type DigestRange, type MayGoOn, type RangeDigest } from './digest-range'
import { DigestTally, type WindowCounts } from './digest-tally'
import { type EventNote, toEventNote } from './event-note'

/** Of bodies in memory while the listed events are read: some of the largest, all of usual ones. */
const MAX_READ_BYTES = 1024 * 1024

/**
 * What a range says to people, however many events match: counts of all, and the most severe of them, masked as the
 * open channel says. The same range gives the same digest again, unless something was erased. Where nothing matches
 * at its beginning it ends there, and says nothing. Undefined: it was stopped.
 */
export async function readRangeDigest(
  key: StreamKey,
  opened: OpenStream,
  range: DigestRange,
  mayGoOn: MayGoOn,
): Promise<RangeDigest | undefined> {
  const tally = new DigestTally()
  for (let from = range.from; from < range.before; ) {
    const to = Math.min(range.before, from + DIGEST_WINDOW)
    tally.add(await countWindow(key, { ...range, from, before: to }, tally.lowestToList))
    if (tally.events === 0) return { digest: undefined, to }
    from = to
    if (from < range.before && !(await mayGoOn())) return undefined
  }
  return { digest: await toDigest(key, opened, tally, range), to: range.before }
}

/** One statement: by level and type, and the places of those that may be listed. */
async function countWindow(
  key: StreamKey,
  { filter, from, before }: DigestRange,
  lowestLevel: number,
): Promise<WindowCounts> {
  const conditions = and(
    ...matchingEvents(key, filter),
    sql`${events.seq} >= ${from}::bigint and ${events.seq} < ${before}::bigint`,
  )
  const [row] = await database('deliver').execute<WindowCounts>(sql`
    with matching as materialized (select seq, level, type from ${events} where ${conditions}),
      counted as (select level, type, count(*) as events, min(seq) as first, max(seq) as last from matching group by level, type),
      severe as (select level, seq from matching where level >= ${lowestLevel}::int order by level desc, seq limit ${MAX_LISTED}::int)
    select
      (select coalesce(json_agg(json_build_array(level, type, events, first, last) order by level, type), '[]') from counted) as counts,
      (select coalesce(json_agg(json_build_array(level, seq) order by level desc, seq), '[]') from severe) as severe`)
  return row ?? { counts: [], severe: [] }
}

async function toDigest(
  key: StreamKey,
  opened: OpenStream,
  tally: DigestTally,
  { matches }: DigestRange,
): Promise<Digest> {
  const { first, last, listed } = tally
  const notes = new Map<number, EventNote>()
  const moments = new Map<number, string>()
  for (let left = [...new Set([first, ...listed, last])].sort((a, b) => a - b); left.length > 0; ) {
    const read = await readShown(key, left, MAX_READ_BYTES, { ...opened, matches })
    // Retention may drop events while they are counted: then it is counted anew, like after any error of ours.
    if (read.length === 0) throw new Error('Events of a digest were gone before they were read.')
    for (const event of read) {
      notes.set(event.seq, toEventNote(event))
      moments.set(event.seq, event.receivedAt)
    }
    left = left.filter((seq) => !notes.has(seq))
  }
  return tally.toDigest({ moments, notes })
}
