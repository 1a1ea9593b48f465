import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryStreams } from '@/db/schema/delivery'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { nextTimeOfRow } from '@/lib/delivery/schedule'

/** When a stream that collects its events sends the next ones; null for one that sends at once, or is off. */
export async function readNextSyncAt(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
): Promise<Date | null> {
  const s = deliveryStreams
  const [row] = await tx
    .select({
      at: sql<string | null>`case when ${s.state} = 'active' and ${s.everySeconds} is not null
        then case when ${s.dueAt} > now() then ${s.dueAt} else ${nextTimeOfRow} end end`,
    })
    .from(s)
    .where(and(eq(s.tenantId, tenantId), eq(s.destinationId, destinationId)))
  return row?.at ? new Date(row.at) : null
}
