import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { matchingRules, matchingRuleVersions } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { ensureDefaults } from '@/lib/ledger/policies/ensure-defaults'
import { checkRule } from './check'
import { type CreateRule, MAX_RULES } from './input'
import { nameTaken } from './name-taken'
import { requireNoProblem } from './require-no-problem'

/**
 * Adds a rule, its first version; it finds nothing until a policy has it. Throws `invalid` with all that is wrong with
 * it, and `conflict` for a name that is taken, or the 201st rule.
 */
export async function createRule(scope: TenantScope, input: CreateRule): Promise<{ id: string }> {
  requirePermission(scope, 'ledger:manage')
  requireNoProblem('The rule', await checkRule(scope, input), '/definition')
  const { tenantId, principal } = scope
  const { name, note, entityType, definition } = input
  const id = randomUUID()
  return inTenant(scope, async (tx) => {
    // The names of the default rules are taken from the beginning.
    await ensureDefaults(tx, tenantId, 'Spoor')
    const added = await tx
      .insert(matchingRules)
      .values({ tenantId, id, name, note, entityType })
      .onConflictDoNothing()
      .returning({ id: matchingRules.id })
    if (added.length === 0) throw nameTaken('rule', name)
    await tx
      .insert(matchingRuleVersions)
      .values({ tenantId, ruleId: id, version: 1, definition, savedBy: principal.login })
    await recordEvent(tx, scope, 'MATCHING_RULE_CREATED', {
      message: `Matching rule ${name} was added`,
      targets: [{ type: 'rule', name, id }],
      newValue: JSON.stringify({ entityType, ...definition }),
    })
    // After our own event nobody else adds one until the commit: the trail's counter is ours.
    const present = and(eq(matchingRules.tenantId, tenantId), isNull(matchingRules.removedAt))
    if ((await tx.$count(matchingRules, present)) > MAX_RULES)
      throw new AppError(
        'conflict',
        `A workspace has at most ${MAX_RULES} rules. Remove one that no policy has.`,
      )
    return { id }
  })
}
