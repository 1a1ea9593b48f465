import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { PlanId } from './input'
import type { PlanView } from './plan-view'
import { readPlan } from './read-plans'

/** A plan with its latest execution. Throws `not_found`. */
export async function getPlan(scope: TenantScope, { id }: PlanId): Promise<PlanView> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, (tx) => readPlan(tx, scope.tenantId, id))
}
