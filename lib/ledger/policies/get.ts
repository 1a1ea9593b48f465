import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { matchingRules } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { PolicyVersion } from './definition'
import { findPolicyVersion, noSuchPolicy } from './find-policy'
import type { GetPolicy } from './input'
import type { PolicyDetail, PolicyEntryView } from './policy-view'
import { readPolicies } from './read-policies'

/** A policy with the entries of its newest version, or of an earlier one. Throws `not_found`. */
export async function getPolicy(scope: TenantScope, { id, version }: GetPolicy): Promise<PolicyDetail> {
  requirePermission(scope, 'ledger:read')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    const [policy] = await readPolicies(tx, tenantId, id)
    if (!policy) throw noSuchPolicy()
    const shownVersion = version ?? policy.version
    const definition = await findPolicyVersion(tx, tenantId, id, shownVersion)
    return { ...policy, shownVersion, entries: await toEntryViews(tx, tenantId, definition) }
  })
}

/** Rules under the names that they have now. */
async function toEntryViews(
  tx: Transaction,
  tenantId: string,
  { entries }: PolicyVersion,
): Promise<PolicyEntryView[]> {
  const ids = [...new Set(entries.map(({ ruleId }) => ruleId))]
  const rows = await tx
    .select({ id: matchingRules.id, name: matchingRules.name })
    .from(matchingRules)
    .where(and(eq(matchingRules.tenantId, tenantId), inArray(matchingRules.id, ids)))
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return entries.map(({ rule: { definition: _, ...rule }, ...entry }) => ({
    ...entry,
    rule: { ...rule, name: names.get(entry.ruleId) ?? rule.name },
  }))
}
