import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { MatchingProblem } from '@/lib/ledger/rules/rule-view'
import { checkPolicyEntries } from './check-policy'
import type { CheckPolicy } from './input'
import { readNamedRules } from './named-rules'

/** What is wrong with a policy's entries, whether it was saved or not: with anything but warnings it is not saved. */
export async function checkPolicy(scope: TenantScope, { entries }: CheckPolicy): Promise<MatchingProblem[]> {
  requirePermission(scope, 'ledger:manage')
  const { tenantId } = scope
  return inTenant(scope, async (tx) =>
    checkPolicyEntries(tx, tenantId, entries, await readNamedRules(tx, tenantId, entries)),
  )
}
