import { and, desc, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliverySkips } from '@/db/schema/delivery'
import type { StreamKey } from '@/lib/delivery/matching-events'

/** More are never made by hand; older ones are left out. */
const MAX_SKIPS = 500

/** Events that a destination does not get, `fromSeq` to `throughSeq`, both inclusive. */
export type SkipView = {
  fromSeq: number
  throughSeq: number
  reason: string
  requestedBy: string
  at: Date
}

/** What a stream left out, latest first. */
export async function readSkips(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
): Promise<SkipView[]> {
  const k = deliverySkips
  const rows = await tx
    .select({ fromSeq: k.fromSeq, toSeq: k.toSeq, reason: k.reason, requestedBy: k.requestedBy, at: k.at })
    .from(k)
    .where(and(eq(k.tenantId, tenantId), eq(k.destinationId, destinationId)))
    .orderBy(desc(k.at))
    .limit(MAX_SKIPS)
  return rows.map(({ toSeq, ...row }) => ({ ...row, throughSeq: toSeq - 1 }))
}
