import { and, eq, sql } from 'drizzle-orm'
import { matchingRules } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { lockRule } from './find-rule'
import type { RuleId } from './input'
import { readRules } from './read-rules'

/**
 * Removes a rule; its versions stay, because matches name them. Throws `not_found`, and `conflict` with the names of the
 * policies that have it.
 */
export async function removeRule(scope: TenantScope, { id }: RuleId): Promise<void> {
  requirePermission(scope, 'ledger:manage')
  const { tenantId } = scope
  await inTenant(scope, async (tx) => {
    const { name, version } = await lockRule(tx, tenantId, id, 'update')
    const [view] = await readRules(tx, tenantId, id)
    const users = (view?.policies ?? []).map((policy) => policy.name)
    if (users.length > 0) {
      const whose = users.length === 1 ? `the policy ${users[0]}` : `the policies ${users.join(', ')}`
      throw new AppError('conflict', `Rule ${name} is in ${whose}. Take it out there first.`)
    }
    await tx
      .update(matchingRules)
      .set({ removedAt: sql`now()`, updatedAt: sql`now()` })
      .where(and(eq(matchingRules.tenantId, tenantId), eq(matchingRules.id, id)))
    await recordEvent(tx, scope, 'MATCHING_RULE_REMOVED', {
      message: `Matching rule ${name} was removed`,
      targets: [{ type: 'rule', name, id }],
      data: { version },
    })
  })
}
