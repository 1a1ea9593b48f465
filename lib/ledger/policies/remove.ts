import { and, eq, sql } from 'drizzle-orm'
import { matchingPolicies } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { lockPolicy } from './find-policy'
import type { PolicyId } from './input'
import { readPolicies } from './read-policies'

/**
 * Removes a policy; its versions stay, because matches name them. Throws `not_found`, and `conflict` for the default
 * policy, or with the sources that have it.
 */
export async function removePolicy(scope: TenantScope, { id }: PolicyId): Promise<void> {
  requirePermission(scope, 'ledger:manage')
  const { tenantId } = scope
  await inTenant(scope, async (tx) => {
    const { name, version, isDefault } = await lockPolicy(tx, tenantId, id, 'update')
    if (isDefault)
      throw new AppError('conflict', `Policy ${name} is the default. Make another one the default first.`)
    const [view] = await readPolicies(tx, tenantId, id)
    if (view && view.sources.length > 0)
      throw new AppError(
        'conflict',
        `Policy ${name} matches the events of ${view.sources.join(', ')}. Give these another policy first.`,
      )
    await tx
      .update(matchingPolicies)
      .set({ removedAt: sql`now()`, updatedAt: sql`now()` })
      .where(and(eq(matchingPolicies.tenantId, tenantId), eq(matchingPolicies.id, id)))
    await recordEvent(tx, scope, 'MATCHING_POLICY_REMOVED', {
      message: `Matching policy ${name} was removed`,
      targets: [{ type: 'policy', name, id }],
      data: { version },
    })
  })
}
