import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { Hold } from './hold'
import { readHolds } from './read-holds'

/** The legal holds of the trail, latest first, released and expired ones included. */
export function listHolds(scope: TenantScope): Promise<Hold[]> {
  requirePermission(scope, 'events:read')
  return inTenant(scope, (tx) => readHolds(tx, scope.tenantId))
}
