import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { matchingPolicies, matchingPolicyVersions, matchingSources } from '@/db/schema/matching'
import type { PolicyVersion } from './definition'
import type { PolicyRow } from './find-policy'

/** Keeps what a locked policy does from now on as its next version. */
export async function savePolicyVersion(
  tx: Transaction,
  { tenantId, id, version }: PolicyRow,
  definition: PolicyVersion,
  savedBy: string,
): Promise<number> {
  const next = version + 1
  await tx
    .insert(matchingPolicyVersions)
    .values({ tenantId, policyId: id, version: next, definition, savedBy })
  await tx
    .update(matchingPolicies)
    .set({ version: next, updatedAt: sql`greatest(now(), updated_at + interval '1 millisecond')` })
    .where(and(eq(matchingPolicies.tenantId, tenantId), eq(matchingPolicies.id, id)))
  return next
}

/** Whether events are matched by it: it is the default, or a source was given it. */
export async function isInForce(tx: Transaction, { tenantId, id, isDefault }: PolicyRow): Promise<boolean> {
  if (isDefault) return true
  const s = matchingSources
  return (await tx.$count(s, and(eq(s.tenantId, tenantId), eq(s.policyId, id)))) > 0
}
