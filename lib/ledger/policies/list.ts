import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { PolicyView } from './policy-view'
import { readPolicies } from './read-policies'

/** The workspace's matching policies, the default first, with the sources that were given them. */
export async function listPolicies(scope: TenantScope): Promise<PolicyView[]> {
  requirePermission(scope, 'ledger:read')
  return inTenant(scope, (tx) => readPolicies(tx, scope.tenantId))
}
