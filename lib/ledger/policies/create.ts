import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { matchingPolicies, matchingPolicyVersions } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { nameTaken } from '@/lib/ledger/rules/name-taken'
import { ensureDefaults } from './ensure-defaults'
import { type CreatePolicy, MAX_POLICIES } from './input'
import { requireVersion } from './require-version'
import { toldEntries } from './told-entries'

/**
 * Adds a policy, its first version; it matches nothing until a source is given it. Throws `invalid` with all that is
 * wrong with its entries, and `conflict` for a name that is taken, or the 101st policy.
 */
export async function createPolicy(
  scope: TenantScope,
  { name, note, entries }: CreatePolicy,
): Promise<{ id: string }> {
  requirePermission(scope, 'ledger:manage')
  const { tenantId, principal } = scope
  const id = randomUUID()
  return inTenant(scope, async (tx) => {
    await ensureDefaults(tx, tenantId, 'Spoor')
    const definition = await requireVersion(tx, tenantId, entries)
    const added = await tx
      .insert(matchingPolicies)
      .values({ tenantId, id, name, note })
      .onConflictDoNothing()
      .returning({ id: matchingPolicies.id })
    if (added.length === 0) throw nameTaken('policy', name)
    await tx
      .insert(matchingPolicyVersions)
      .values({ tenantId, policyId: id, version: 1, definition, savedBy: principal.login })
    await recordEvent(tx, scope, 'MATCHING_POLICY_CREATED', {
      message: `Matching policy ${name} was added`,
      targets: [{ type: 'policy', name, id }],
      newValue: toldEntries(definition),
    })
    // After our own event nobody else adds one until the commit: the trail's counter is ours.
    const present = and(eq(matchingPolicies.tenantId, tenantId), isNull(matchingPolicies.removedAt))
    if ((await tx.$count(matchingPolicies, present)) > MAX_POLICIES)
      throw new AppError(
        'conflict',
        `A workspace has at most ${MAX_POLICIES} policies. Remove one that no source has.`,
      )
    return { id }
  })
}
