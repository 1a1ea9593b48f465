import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { matchingRules, matchingRuleVersions } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { violatesUnique } from '@/lib/errors/violates-unique'
import { canonicalJson } from '@/lib/integrity/jcs'
import type { EntityType } from '@/lib/ledger/entity-types'
import { replaceRule } from '@/lib/ledger/policies/replace-rule'
import { checkRule } from './check'
import { findRuleVersion, lockRule, type RuleRow } from './find-rule'
import type { UpdateRule } from './input'
import { nameTaken } from './name-taken'
import { requireNoProblem } from './require-no-problem'
import { requireUnchanged } from './require-unchanged'

/**
 * Gives a rule another definition, name or note. A definition that differs becomes a new version, of it and of each
 * policy that has it, and what these policies match is matched again. To go back, hand over an earlier version's
 * definition. Throws `not_found`, `invalid` with all that is wrong, and `conflict` where somebody else was faster or
 * the name is taken.
 */
export async function updateRule(
  scope: TenantScope,
  input: UpdateRule,
): Promise<{ id: string; version: number; isNew: boolean }> {
  requirePermission(scope, 'ledger:manage')
  const { id, unchangedSince } = input
  const { tenantId } = scope
  // Whose rule it is comes first: a definition of nobody's rule is not looked at.
  const { entityType } = await inTenant(scope, (tx) => lockRule(tx, tenantId, id))
  if (input.definition) {
    const checked = { entityType: entityType as EntityType, definition: input.definition }
    requireNoProblem('The rule', await checkRule(scope, checked), '/definition')
  }
  return inTenant(scope, async (tx) => {
    const row = await lockRule(tx, tenantId, id)
    requireUnchanged(row, unchangedSince)
    return changeRule(tx, scope, row, input)
  })
}

async function changeRule(
  tx: Transaction,
  scope: TenantScope,
  row: RuleRow,
  { name = row.name, note = row.note, ...input }: UpdateRule,
): Promise<{ id: string; version: number; isNew: boolean }> {
  const { tenantId, id } = row
  const before = await findRuleVersion(tx, tenantId, id, row.version)
  const definition = input.definition ?? before
  const isNew = canonicalJson(definition) !== canonicalJson(before)
  const version = isNew ? row.version + 1 : row.version
  if (!isNew && name === row.name && note === row.note) return { id, version, isNew }
  if (name !== row.name) await requireFreeName(tx, row, name)
  try {
    await tx
      .update(matchingRules)
      .set({ name, note, version, updatedAt: sql`greatest(now(), updated_at + interval '1 millisecond')` })
      .where(and(eq(matchingRules.tenantId, tenantId), eq(matchingRules.id, id)))
  } catch (error) {
    throw violatesUnique(error, 'matching_rules_name') ? nameTaken('rule', name) : error
  }
  if (isNew) {
    const { login } = scope.principal
    await tx
      .insert(matchingRuleVersions)
      .values({ tenantId, ruleId: id, version, definition, savedBy: login })
    const rule = { name, version, entityType: row.entityType as EntityType, definition }
    await replaceRule(tx, scope, id, rule)
  }
  await recordEvent(tx, scope, 'MATCHING_RULE_UPDATED', {
    message: isNew ? `Matching rule ${name} got version ${version}` : `Matching rule ${name} was changed`,
    targets: [{ type: 'rule', name, id }],
    data: {
      before: { name: row.name, note: row.note, version: row.version },
      after: { name, note, version },
    },
    ...(isNew && { oldValue: JSON.stringify(before), newValue: JSON.stringify(definition) }),
  })
  return { id, version, isNew }
}

async function requireFreeName(tx: Transaction, { tenantId, id }: RuleRow, name: string): Promise<void> {
  const r = matchingRules
  const [taken] = await tx
    .select({ id: r.id })
    .from(r)
    .where(and(eq(r.tenantId, tenantId), eq(r.name, name), ne(r.id, id), isNull(r.removedAt)))
  if (taken) throw nameTaken('rule', name)
}
