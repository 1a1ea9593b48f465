import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { readDestination } from './find-destination'
import { readStream } from './find-stream'
import { readStreamPage, type StreamEventPage, type StreamPageRequest } from './stream-page'
import { readSlices } from './stream-slices'

/**
 * Events that a destination will get and has not got yet, oldest first; those that it took and has not acknowledged
 * are among them. Throws `not_found`, and `invalid` for a foreign cursor.
 */
export async function listUnsentEvents(
  scope: TenantScope,
  id: string,
  request: StreamPageRequest = {},
  role?: DestinationRole,
): Promise<StreamEventPage> {
  requirePermission(scope, 'destinations:read')
  requirePermission(scope, 'events:read')
  const key = { tenantId: scope.tenantId, destinationId: id }
  return inTenantSnapshot(scope, async (tx) => {
    await readDestination(tx, scope, { id, role })
    const { nextSeq } = await readStream(tx, key)
    const slices = await readSlices(tx, key, { from: nextSeq, to: Number.MAX_SAFE_INTEGER })
    return readStreamPage(tx, key, slices, { ...request, descends: false })
  })
}
