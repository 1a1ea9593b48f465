import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { type DestinationView, readDestinations } from './destination-view'

/** The workspace's destinations, or channels, with their statistics, oldest first, without secrets. */
export async function listDestinations(
  scope: TenantScope,
  role: DestinationRole = 'forwarding',
): Promise<DestinationView[]> {
  requirePermission(scope, 'destinations:read')
  return inTenant(scope, (tx) => readDestinations(tx, scope, { role }))
}
