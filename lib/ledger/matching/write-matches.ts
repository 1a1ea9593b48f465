import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { thisTenant } from '@/lib/ledger/this-tenant'
import type { Found } from './find-matches'

/** Stores what references mean from `generation` on. */
export async function insertMatches(
  tx: Transaction,
  tenantId: string,
  generation: number,
  found: readonly (Found & { id: number })[],
): Promise<void> {
  const rows = found.flatMap(({ id, policy, segments }) =>
    policy === null
      ? []
      : segments.map((segment) => ({
          reference_id: id,
          valid_from: segment.validFrom,
          valid_to: segment.validTo,
          entity_id: segment.entityId,
          identity_id: segment.identityId,
          organisation_id: segment.organisationId,
          candidates: segment.candidates,
          named: segment.named,
          shown: segment.shown,
          policy_id: policy.id,
          policy_version: policy.version,
          entry: segment.entry,
          rule_id: segment.ruleId,
          rule_version: segment.ruleVersion,
        })),
  )
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into ledger_matches (tenant_id, reference_id, valid_from, valid_to, entity_id, identity_id, organisation_id,
      candidates, named, shown, policy_id, policy_version, entry, rule_id, rule_version, since)
    select ${tenantId}::uuid, r.*, ${generation}::bigint from json_to_recordset(${JSON.stringify(rows)}::json) as r (
      reference_id int, valid_from timestamptz, valid_to timestamptz, entity_id uuid, identity_id uuid,
      organisation_id uuid, candidates uuid[], named uuid[], shown jsonb, policy_id uuid, policy_version int, entry smallint,
      rule_id uuid, rule_version int)`)
}

/**
 * Ends matches with `generation`. What they showed is kept for who reads an older generation, but for those with an
 * entity that the ledger forgot: its name goes.
 */
export async function supersedeMatches(
  tx: Transaction,
  tenantId: string,
  generation: number,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  await tx.execute(sql`
    update ledger_matches m set until = ${generation}, superseded_at = now(), shown = case when (
        select count(*) from ledger_entities e where e.tenant_id = m.tenant_id and e.id = any(named.ids)
      ) = cardinality(named.ids) then m.shown end
    from ledger_matches l cross join lateral (
      select array(select distinct id from unnest(
        array_remove(array[l.entity_id, l.identity_id, l.organisation_id] || l.candidates || l.named, null)) as id) as ids
    ) named
    where m.tenant_id = ${thisTenant(tenantId)} and m.id = any(${`{${ids.join(',')}}`}::bigint[])
      and l.tenant_id = m.tenant_id and l.id = m.id`)
}
