import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import type { MentionCondition } from '@/lib/ledger/mentions/mention-condition'
import { readPassing } from '@/lib/ledger/mentions/read-passing'
import { type Bitmap, countBits, places } from './blocks/bitmap'
import type { SeqRange } from './blocks/search-blocks'

/** Where more than this share of a range passes, reading all of it is cheaper than naming those that do. */
const MAX_SHARE = 1 / 8

const inRange = ({ from, to }: SeqRange): SQL =>
  sql`${events.seq} >= ${from}::bigint and ${events.seq} < ${to}::bigint`

export const amongSeqs = (seqs: readonly number[]): SQL =>
  sql`${events.seq} = any(${`{${seqs.join(',')}}`}::bigint[])`

/** One bit for each event of the range, the first in the lowest: what `get_bit` reads. */
const toBytes = (bits: Bitmap): Buffer => Buffer.from(bits.buffer, bits.byteOffset, bits.byteLength)

/** Reading the mentions of an event costs a part of reading the event (some 2 µs for 60). */
const MENTION_COST = 1 / 32

/** Events to look among, and how many that are as far as cost goes; `among` is null for none. */
export type Look = { among: SQL | null; looks: number }

/** The events of a range that pass by what the mentions say of them, without mentions to ask the whole range. */
export async function lookAmong(
  tx: Transaction,
  tenantId: string,
  range: SeqRange,
  mentions: MentionCondition | null,
): Promise<Look> {
  if (!mentions) return { among: inRange(range), looks: range.to - range.from }
  const bits = (await readPassing(tx, tenantId, mentions, [range])).get(range) as Bitmap
  const size = range.to - range.from
  const count = countBits(bits)
  const looks = Math.max(count, Math.ceil(size * MENTION_COST))
  if (count === 0) return { among: null, looks }
  if (count < size * MAX_SHARE)
    return { among: amongSeqs(places(bits).map((place) => range.from + place)), looks }
  const place = sql`(${events.seq} - ${range.from}::bigint)`
  // Asked only within the range: PostgreSQL refuses bits that are not there.
  const passes = sql`case when ${inRange(range)} then get_bit(${toBytes(bits)}::bytea, ${place}) = 1 else false end`
  return { among: sql`${inRange(range)} and ${passes}`, looks }
}
