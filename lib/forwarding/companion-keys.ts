import { and, eq, isNull, type SQL } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { destinations } from '@/db/schema/delivery'
import type { StreamKey } from '@/lib/delivery/matching-events'

/** A destination with those that live with it. Removed ones are left out, unless `among` says otherwise. */
export async function withCompanions(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  among: SQL = isNull(destinations.removedAt),
): Promise<StreamKey[]> {
  const rows = await tx
    .select({ id: destinations.id })
    .from(destinations)
    .where(and(eq(destinations.tenantId, tenantId), eq(destinations.companionOf, destinationId), among))
    .orderBy(destinations.createdAt)
  return [destinationId, ...rows.map(({ id }) => id)].map((id) => ({ tenantId, destinationId: id }))
}
