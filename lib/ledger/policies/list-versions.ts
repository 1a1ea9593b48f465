import { and, desc, eq } from 'drizzle-orm'
import { matchingPolicyVersions } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { noSuchPolicy } from './find-policy'
import type { PolicyId } from './input'
import type { PolicyVersionView } from './policy-view'
import { readPolicies } from './read-policies'

/** Who pages through more looks for something else. */
const MAX_VERSIONS = 500

/** The versions of a policy, the newest first. Throws `not_found`. */
export async function listPolicyVersions(scope: TenantScope, { id }: PolicyId): Promise<PolicyVersionView[]> {
  requirePermission(scope, 'ledger:read')
  return inTenant(scope, async (tx) => {
    const [policy] = await readPolicies(tx, scope.tenantId, id)
    if (!policy) throw noSuchPolicy()
    const { tenantId, policyId, version, savedBy, savedAt } = matchingPolicyVersions
    return tx
      .select({ version, savedBy, savedAt })
      .from(matchingPolicyVersions)
      .where(and(eq(tenantId, scope.tenantId), eq(policyId, id)))
      .orderBy(desc(version))
      .limit(MAX_VERSIONS)
  })
}
