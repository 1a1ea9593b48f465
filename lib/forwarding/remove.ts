import { and, eq, inArray, sql } from 'drizzle-orm'
import { destinations } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { withCompanions } from './companion-keys'
import { recordDestinationEvent } from './destination-event'
import { findDestination } from './find-destination'
import { changeStream } from './find-stream'
import type { DestinationId } from './input'

/**
 * Removes a destination and its companions: nothing is sent any more, and they are hidden. For 30 days they can be
 * restored. Throws `not_found`.
 */
export async function removeDestination(
  scope: TenantScope,
  { id, role }: DestinationId,
): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { tenantId } = scope
  await inTenant(scope, async (tx) => {
    const row = await findDestination(tx, scope, { id, role })
    const keys = await withCompanions(tx, { tenantId, destinationId: id })
    const ids = keys.map(({ destinationId }) => destinationId)
    await tx
      .update(destinations)
      .set({ removedAt: sql`now()` })
      .where(and(eq(destinations.tenantId, tenantId), inArray(destinations.id, ids)))
    for (const key of keys) await changeStream(tx, key, { state: 'removed', stateBefore: sql`state` })
    await recordDestinationEvent(tx, scope, row, 'DESTINATION_REMOVED', 'was removed')
  })
  return { id }
}
