import type { Transaction } from '@/db/client'
import type { EntityType } from '@/lib/ledger/entity-types'
import { readAttributeNames, usualNames } from '@/lib/ledger/rules/attribute-names'
import type { MatchingProblem } from '@/lib/ledger/rules/rule-view'
import { checkEntries } from './check-entries'
import type { PolicyEntry } from './definition'
import type { NamedRule } from './named-rules'

/** What is wrong with entries, by what the ledger has now. */
export async function checkPolicyEntries(
  tx: Transaction,
  tenantId: string,
  entries: readonly PolicyEntry[],
  rules: ReadonlyMap<string, NamedRule>,
): Promise<MatchingProblem[]> {
  const names = new Map<EntityType, string[]>()
  for (const { entityType } of rules.values())
    if (!names.has(entityType))
      names.set(entityType, [
        ...usualNames(entityType),
        ...(await readAttributeNames(tx, tenantId, entityType)),
      ])
  return checkEntries(entries, rules, (type) => names.get(type) ?? [])
}
