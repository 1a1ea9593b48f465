import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { type DestinationView, readDestinations } from './destination-view'

/** The workspace's forwarding destinations with their statistics, oldest first, without secrets. */
export async function listDestinations(scope: TenantScope): Promise<DestinationView[]> {
  requirePermission(scope, 'destinations:read')
  return inTenant(scope, (tx) => readDestinations(tx, scope))
}
