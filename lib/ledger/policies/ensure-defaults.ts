import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import {
  matchingPolicies,
  matchingPolicyVersions,
  matchingRules,
  matchingRuleVersions,
} from '@/db/schema/matching'
import { DEFAULT_POLICY, type DefaultRule } from './default-policy'
import type { PolicyVersion } from './definition'

/** Gives a tenant the rules and the policy that every workspace begins with, unless it has a default policy. */
export async function ensureDefaults(tx: Transaction, tenantId: string, savedBy: string): Promise<void> {
  const { name, note, entries } = DEFAULT_POLICY
  const policyId = randomUUID()
  // Who is second waits here for the first, and then has nothing to do.
  const added = await tx
    .insert(matchingPolicies)
    .values({ tenantId, id: policyId, name, note, isDefault: true })
    .onConflictDoNothing({
      target: matchingPolicies.tenantId,
      where: sql`is_default and removed_at is null`,
    })
    .returning({ id: matchingPolicies.id })
  if (added.length === 0) return
  const ids = new Map<DefaultRule, string>(entries.map(({ rule }) => [rule, randomUUID()]))
  const rules = [...ids].map(([rule, id]) => ({ ...rule, id }))
  await tx.insert(matchingRules).values(
    rules.map(({ id, name: ruleName, note: ruleNote, entityType }) => ({
      tenantId,
      id,
      name: ruleName,
      note: ruleNote,
      entityType,
    })),
  )
  await tx
    .insert(matchingRuleVersions)
    .values(rules.map(({ id, definition }) => ({ tenantId, ruleId: id, version: 1, definition, savedBy })))
  const definition: PolicyVersion = {
    entries: entries.map(({ logEntity, rule, display }) => ({
      logEntity,
      ruleId: ids.get(rule) as string,
      display,
      rule: { name: rule.name, version: 1, entityType: rule.entityType, definition: rule.definition },
    })),
  }
  await tx.insert(matchingPolicyVersions).values({ tenantId, policyId, version: 1, definition, savedBy })
}
