import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { matchingPolicies, matchingPolicyVersions } from '@/db/schema/matching'
import { AppError } from '@/lib/errors/app-error'
import { type PolicyVersion, policyVersionSchema } from './definition'

const MAX_INTEGER = 2 ** 31 - 1

export type PolicyRow = typeof matchingPolicies.$inferSelect

export const noSuchPolicy = (): AppError =>
  new AppError('not_found', 'There is no such matching policy in this workspace.')

/**
 * The row, locked until the transaction ends, so that edits come one after the other; with `update` so that no source
 * is given it meanwhile. Behind the locks of rules, before the state of matching. Throws `not_found`.
 */
export async function lockPolicy(
  tx: Transaction,
  tenantId: string,
  id: string,
  strength: 'no key update' | 'update' = 'no key update',
): Promise<PolicyRow> {
  const p = matchingPolicies
  const [row] = await tx
    .select()
    .from(p)
    .where(and(eq(p.tenantId, tenantId), eq(p.id, id), isNull(p.removedAt)))
    .for(strength)
  if (!row) throw noSuchPolicy()
  return row
}

/** What a policy of the tenant did in one version. Throws `not_found`. */
export async function findPolicyVersion(
  tx: Transaction,
  tenantId: string,
  policyId: string,
  version: number,
): Promise<PolicyVersion> {
  const v = matchingPolicyVersions
  const [row] =
    version > MAX_INTEGER
      ? []
      : await tx
          .select({ definition: v.definition })
          .from(v)
          .where(and(eq(v.tenantId, tenantId), eq(v.policyId, policyId), eq(v.version, version)))
  if (!row) throw new AppError('not_found', `This policy has no version ${version}.`)
  return policyVersionSchema.parse(row.definition)
}
