import { and, eq, gte, isNull, lt, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { AppError } from '@/lib/errors/app-error'
import type { Log } from '@/lib/integrity/log/read-log'
import type { SeqRange } from '@/lib/trail/blocks/search-blocks'

/** Of events that stand in the way so many are named. */
const NAMED = 3

type Emptied = { seqs: number[]; count: number; last: number }

/** The events of a range of which retention left nothing that could be proven: the first ones, how many, the last. */
async function findEmptied(tx: Transaction, tenantId: string, { from, to }: SeqRange): Promise<Emptied> {
  const [found] = await tx
    .select({
      seqs: sql<
        number[]
      >`coalesce((array_agg(${events.seq} order by ${events.seq}))[1:${sql.raw(String(NAMED))}]::float8[], '{}')`,
      count: sql<number>`count(*)::int`,
      last: sql<number>`coalesce(max(${events.seq}), -1)::float8`,
    })
    .from(events)
    .where(
      and(
        eq(events.tenantId, tenantId),
        isNull(events.seed),
        sql`${events.redaction} ? 'content'`,
        gte(events.seq, from),
        lt(events.seq, to),
      ),
    )
  if (!found) throw new Error('an aggregate gave no row')
  return found
}

/**
 * The range that a bundle can hold completely; without ends all that is there. Throws `invalid` for one without
 * events, `conflict` for one that is not sealed yet or of which retention took something.
 */
export async function checkRange(
  tx: Transaction,
  tenantId: string,
  log: Log,
  wanted: { from?: number | undefined; to?: number | undefined },
): Promise<SeqRange> {
  const { size, firstSeq, refused } = log
  const { from = firstSeq, to = size } = wanted
  if (to > size)
    throw new AppError(
      'conflict',
      `Events are sealed up to to=${size}, not to=${to}. ${refused ?? 'Ask for that, or again in a second.'}`,
    )
  if (from < firstSeq)
    throw new AppError(
      'conflict',
      `Events below ${firstSeq} are gone, because their time of retention has passed. Begin at from=${firstSeq}.`,
    )
  if (from >= to)
    throw new AppError('invalid', `There is no event from ${from} up to ${to}, which is exclusive.`)
  const emptied = await findEmptied(tx, tenantId, { from, to })
  if (emptied.count > 0) throw new AppError('conflict', describeEmptied(emptied, to))
  return { from, to }
}

function describeEmptied({ seqs, count, last }: Emptied, to: number): string {
  const named = `${seqs.join(', ')}${count > seqs.length ? ` and ${count - seqs.length} more` : ''}`
  const instead =
    last + 1 < to ? `Nothing is missing from=${last + 1} on.` : 'The last of the range is one of them.'
  return `The range can't be complete: the content of ${named} is gone, because their time of retention has passed. ${instead} A filter leaves them out.`
}
