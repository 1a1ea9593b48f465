import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { RuleDefinition } from '@/lib/ledger/rules/definition'
import type { PolicyEntry, PolicyVersion } from './definition'

export type NamedRule = PolicyVersion['entries'][number]['rule']

/**
 * The rules that entries name, by id, in their newest versions; those that are gone are missing. With `lock` they stay
 * as they are until the transaction ends: a policy is never saved with a version of a rule that is old by then.
 */
export async function readNamedRules(
  tx: Transaction,
  tenantId: string,
  entries: readonly PolicyEntry[],
  { lock = false } = {},
): Promise<Map<string, NamedRule>> {
  const ids = [...new Set(entries.map(({ ruleId }) => ruleId))].sort()
  const rows = await tx.execute<{
    id: string
    name: string
    version: number
    entity_type: EntityType
  }>(sql`
    select id, name, version, entity_type from matching_rules
    where tenant_id = ${tenantId} and removed_at is null and id = any(${`{${ids.join(',')}}`}::uuid[])
    order by id ${lock ? sql`for share` : sql``}`)
  // In a statement of its own: the first one may have waited for a new version that its snapshot doesn't show.
  const definitions = await tx.execute<{ id: string; version: number; definition: RuleDefinition }>(sql`
    select v.rule_id as id, v.version, v.definition from matching_rule_versions v
    join unnest(${`{${rows.map(({ id }) => id).join(',')}}`}::uuid[], ${`{${rows.map(({ version }) => version).join(',')}}`}::int[])
      as w (id, version) on w.id = v.rule_id and w.version = v.version
    where v.tenant_id = ${tenantId}`)
  const byId = new Map(definitions.map(({ id, definition }) => [id, definition]))
  return new Map(
    rows.map(({ id, name, version, entity_type }) => [
      id,
      { name, version, entityType: entity_type, definition: byId.get(id) as RuleDefinition },
    ]),
  )
}

/** A policy's version, of entries whose rules are all there. */
export const toPolicyVersion = (
  entries: readonly PolicyEntry[],
  rules: ReadonlyMap<string, NamedRule>,
): PolicyVersion => ({
  entries: entries.map((entry) => ({ ...entry, rule: rules.get(entry.ruleId) as NamedRule })),
})
