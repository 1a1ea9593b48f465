import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'

/** Events are numbered at their commit and stamped just before, so neighbours may have their times crossed. */
const CROSSED = 1_000

/**
 * The first event that was received at `at` or later, by its place; the trail's end if none was. Times grow along
 * the trail, so it is found by halving: some 25 looks at single events in a trail of ten million.
 */
export async function findSeqAt(tx: Transaction, tenantId: string, at: Date): Promise<number> {
  const [head] = await tx.execute<{ from: number; to: number }>(sql`
    select first_seq::float8 as from, next_seq::float8 as to from trail_heads where tenant_id = ${tenantId}`)
  if (!head) return 0
  const since = at.toISOString()
  let { from: low, to: high } = head
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [event] = await tx.execute<{ isLater: boolean }>(sql`
      select received_at >= ${since}::timestamptz as "isLater" from events
      where tenant_id = ${tenantId} and seq >= ${middle}::bigint order by seq limit 1`)
    if (!event || event.isLater) high = middle
    else low = middle + 1
  }
  const [crossed] = await tx.execute<{ seq: number }>(sql`
    select seq::float8 as seq from events
    where tenant_id = ${tenantId} and seq >= ${low - CROSSED}::bigint and seq < ${low}::bigint
      and received_at >= ${since}::timestamptz
    order by seq limit 1`)
  return crossed?.seq ?? low
}
