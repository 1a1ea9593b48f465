import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { PlanView } from './plan-view'
import { readPlans } from './read-plans'

/** The workspace's plans, by name. */
export async function listPlans(scope: TenantScope): Promise<PlanView[]> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, (tx) => readPlans(tx, scope.tenantId))
}
