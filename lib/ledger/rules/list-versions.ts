import { and, desc, eq } from 'drizzle-orm'
import { matchingRuleVersions } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { noSuchRule } from './find-rule'
import type { RuleId } from './input'
import { readRules } from './read-rules'
import type { RuleVersionView } from './rule-view'

/** Who pages through more looks for something else. */
const MAX_VERSIONS = 500

/** The versions of a rule, the newest first. Throws `not_found`. */
export async function listRuleVersions(scope: TenantScope, { id }: RuleId): Promise<RuleVersionView[]> {
  requirePermission(scope, 'ledger:read')
  return inTenant(scope, async (tx) => {
    const [rule] = await readRules(tx, scope.tenantId, id)
    if (!rule) throw noSuchRule()
    const { tenantId, ruleId, version, savedBy, savedAt } = matchingRuleVersions
    return tx
      .select({ version, savedBy, savedAt })
      .from(matchingRuleVersions)
      .where(and(eq(tenantId, scope.tenantId), eq(ruleId, id)))
      .orderBy(desc(version))
      .limit(MAX_VERSIONS)
  })
}
