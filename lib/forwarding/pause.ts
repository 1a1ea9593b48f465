import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordDestinationEvent } from './destination-event'
import { findDestination } from './find-destination'
import type { DestinationId } from './input'
import { switchStream } from './switch-stream'

/** Switches a destination off. It keeps its place in the trail. Throws `not_found`. */
export async function pauseDestination(
  scope: TenantScope,
  { id, role }: DestinationId,
): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const key = { tenantId: scope.tenantId, destinationId: id }
  await inTenant(scope, async (tx) => {
    const row = await findDestination(tx, scope, { id, role })
    if (await switchStream(tx, key, { state: 'paused' }))
      await recordDestinationEvent(tx, scope, row, 'DESTINATION_PAUSED', 'was paused')
  })
  return { id }
}
