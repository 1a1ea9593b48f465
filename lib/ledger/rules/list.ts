import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readRules } from './read-rules'
import type { RuleView } from './rule-view'

/** The workspace's matching rules by what they find and name, with the policies that have them. */
export async function listRules(scope: TenantScope): Promise<RuleView[]> {
  requirePermission(scope, 'ledger:read')
  return inTenant(scope, (tx) => readRules(tx, scope.tenantId))
}
