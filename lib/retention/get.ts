import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readRetention } from './read-retention'
import type { Retention } from './retention'

/** How long this tenant keeps its events. */
export function getRetention(scope: TenantScope): Promise<Retention> {
  requirePermission(scope, 'events:read')
  return inTenant(scope, (tx) => readRetention(tx, scope.tenantId))
}
