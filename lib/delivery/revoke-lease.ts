import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { StreamKey } from './matching-events'

/**
 * Takes a stream away from whoever is serving it, in a person's transaction: what it settles afterwards does not
 * count, and what it is sending may arrive all the same.
 */
export async function revokeLease(tx: Transaction, { tenantId, destinationId }: StreamKey): Promise<void> {
  const revoked = await tx.execute(sql`
    update delivery_streams set lease_token = null, lease_until = null
    where tenant_id = ${tenantId} and destination_id = ${destinationId} and lease_token is not null returning 1`)
  if (revoked.length === 0) return
  await tx.execute(sql`
    update delivery_batches set may_have_arrived = true
    where tenant_id = ${tenantId} and destination_id = ${destinationId} and state = 'planned'`)
}
