import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ruleWindows } from '@/db/schema/rules'
import type { StreamKey } from '@/lib/delivery/matching-events'

/**
 * Has a channel's rule count anew: after the rule, the filter or the key of its groups was changed. Call it with the
 * stream locked, whose lease nobody holds any more.
 */
export async function resetWindows(tx: Transaction, { tenantId, destinationId }: StreamKey): Promise<void> {
  await tx
    .delete(ruleWindows)
    .where(and(eq(ruleWindows.tenantId, tenantId), eq(ruleWindows.destinationId, destinationId)))
}
