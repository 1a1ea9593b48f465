import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readAttributeNames, usualNames } from './attribute-names'
import { checkDefinition } from './check-definition'
import type { CheckRule } from './input'
import type { MatchingProblem } from './rule-view'

/** What is wrong with a rule, whether it was saved or not: with anything but warnings it is not saved. */
export async function checkRule(
  scope: TenantScope,
  { entityType, definition }: CheckRule,
): Promise<MatchingProblem[]> {
  requirePermission(scope, 'ledger:manage')
  const present = await inTenant(scope, (tx) => readAttributeNames(tx, scope.tenantId, entityType))
  return checkDefinition(definition, [...usualNames(entityType), ...present])
}
