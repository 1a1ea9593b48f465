import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'

const DAY_MS = 86_400_000
/** Events looked at for one answer: some 0.3 s the first time, afterwards a few hours' events. */
const MAX_SPAN = 262_144
/** A receiver that is away for a week is away; the law that a time of retention follows does not wait for it. */
const DELIVERY_GRACE_DAYS = 7

/** Up to where events have expired and may go; what holds back the one behind, if that has expired, too. */
export type ExpiredRange = { end: number; heldBy: 'destination' | 'seal' | null }

/** The first event from `from` on, below `to`, that was received at `since` or later; `to` if none was. */
async function firstSince(
  tx: Transaction,
  tenantId: string,
  from: number,
  to: number,
  since: Date,
): Promise<number> {
  const [row] = await tx
    .select({ seq: events.seq })
    .from(events)
    .where(
      sql`${events.tenantId} = ${tenantId} and ${events.seq} >= ${from} and ${events.seq} < ${to}
        and ${events.receivedAt} >= ${since.toISOString()}::timestamptz`,
    )
    .orderBy(events.seq)
    .limit(1)
  return row?.seq ?? to
}

/** The next seq of the active destination that is furthest behind; what is paused holds nothing back. */
async function readSlowest(tx: Transaction, tenantId: string): Promise<number> {
  const [row] = await tx.execute<{ next: number | null }>(sql`
    select min(next_seq)::float8 as next from delivery_streams where tenant_id = ${tenantId} and state = 'active'`)
  return row?.next ?? Number.MAX_SAFE_INTEGER
}

/**
 * The events from `from` on without a gap that were received more than `days` days ago, are sealed, and were sent to
 * all active destinations or waited a week for that.
 */
export async function findExpired(
  tx: Transaction,
  tenantId: string,
  { from, days, sealedSize }: { from: number; days: number; sealedSize: number },
): Promise<ExpiredRange> {
  const ago = (pastDays: number) => new Date(Date.now() - pastDays * DAY_MS)
  const span = from + MAX_SPAN
  const expired = await firstSince(tx, tenantId, from, span, ago(days))
  const slowest = await readSlowest(tx, tenantId)
  const sent =
    slowest >= expired
      ? expired
      : Math.max(slowest, await firstSince(tx, tenantId, from, span, ago(days + DELIVERY_GRACE_DAYS)))
  const end = Math.max(from, Math.min(expired, sent, sealedSize))
  if (end >= expired) return { end, heldBy: null }
  const [held] = await tx.execute(
    sql`select from events where tenant_id = ${tenantId} and seq >= ${end} and seq < ${expired} limit 1`,
  )
  if (!held) return { end, heldBy: null }
  return { end, heldBy: end < sealedSize ? 'destination' : 'seal' }
}
