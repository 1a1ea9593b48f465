import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { Erasure } from './erasure'
import { readErasures } from './read-erasures'

/** Running erasures, then the latest that are done; fifty at most. */
export function listErasures(scope: TenantScope): Promise<Erasure[]> {
  requirePermission(scope, 'events:read')
  return inTenant(scope, (tx) => readErasures(tx, scope.tenantId))
}
