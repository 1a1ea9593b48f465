import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import { findPolicyVersion, lockPolicy } from './find-policy'
import type { NamedRule } from './named-rules'
import { isInForce, savePolicyVersion } from './save-version'
import { toldEntries } from './told-entries'

/** Gives each policy that has the (locked) rule a new version with its new one, and asks to match again where it counts. */
export async function replaceRule(
  tx: Transaction,
  scope: TenantScope,
  ruleId: string,
  rule: NamedRule,
): Promise<void> {
  const { tenantId, principal } = scope
  const users = await tx.execute<{ id: string }>(sql`
    select p.id from matching_policies p
    join matching_policy_versions v on v.tenant_id = p.tenant_id and v.policy_id = p.id and v.version = p.version
    where p.tenant_id = ${tenantId} and p.removed_at is null
      and v.definition->'entries' @> jsonb_build_array(jsonb_build_object('ruleId', ${ruleId}::text))
    order by p.id`)
  const told: { id: string; name: string; version: number; before: string; after: string }[] = []
  let counts = false
  for (const { id } of users) {
    const row = await lockPolicy(tx, tenantId, id)
    const before = await findPolicyVersion(tx, tenantId, id, row.version)
    const after = {
      entries: before.entries.map((entry) => (entry.ruleId === ruleId ? { ...entry, rule } : entry)),
    }
    const version = await savePolicyVersion(tx, row, after, principal.login)
    told.push({ id, name: row.name, version, before: toldEntries(before), after: toldEntries(after) })
    counts ||= await isInForce(tx, row)
  }
  if (counts) await askToRematch(tx, tenantId, `Rule ${rule.name} was changed`)
  for (const { id, name, version, before, after } of told)
    await recordEvent(tx, scope, 'MATCHING_POLICY_UPDATED', {
      message: `Matching policy ${name} got version ${version}, because its rule ${rule.name} was changed`,
      targets: [{ type: 'policy', name, id }],
      oldValue: before,
      newValue: after,
    })
}
