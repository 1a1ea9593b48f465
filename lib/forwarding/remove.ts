import { and, eq, sql } from 'drizzle-orm'
import { deliveryStreams, destinations } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { findDestination } from './find-destination'
import type { DestinationId } from './input'

/** Removes a destination: nothing is sent any more, and it is hidden. Its rows stay for 30 days. Throws `not_found`. */
export async function removeDestination(scope: TenantScope, { id }: DestinationId): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { tenantId } = scope
  await inTenant(scope, async (tx) => {
    const { kind, config } = await findDestination(tx, scope, id)
    await tx
      .update(destinations)
      .set({ removedAt: sql`now()` })
      .where(and(eq(destinations.tenantId, tenantId), eq(destinations.id, id)))
    await tx
      .update(deliveryStreams)
      .set({ state: 'removed' })
      .where(and(eq(deliveryStreams.tenantId, tenantId), eq(deliveryStreams.destinationId, id)))
    const name = destinationKind(kind).open(config).describe()
    await recordEvent(tx, scope, 'DESTINATION_REMOVED', {
      message: `Destination ${name} was removed`,
      targets: [{ type: 'destination', name, id }],
    })
  })
  return { id }
}
