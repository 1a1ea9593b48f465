import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { findRuleVersion, noSuchRule } from './find-rule'
import type { GetRule } from './input'
import { readRules } from './read-rules'
import type { RuleDetail } from './rule-view'

/** A rule with what its newest version does, or an earlier one did. Throws `not_found`. */
export async function getRule(scope: TenantScope, { id, version }: GetRule): Promise<RuleDetail> {
  requirePermission(scope, 'ledger:read')
  return inTenant(scope, async (tx) => {
    const [rule] = await readRules(tx, scope.tenantId, id)
    if (!rule) throw noSuchRule()
    const shownVersion = version ?? rule.version
    const definition = await findRuleVersion(tx, scope.tenantId, id, shownVersion)
    return { ...rule, shownVersion, definition }
  })
}
