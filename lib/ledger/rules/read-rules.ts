import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { RuleView } from './rule-view'

type Row = {
  id: string
  name: string
  note: string
  entity_type: EntityType
  version: number
  policies: RuleView['policies']
  saved_by: string
  created_at: Date
  updated_at: Date
}

/** The tenant's rules as lists show them, by type and name; or one of them. */
export async function readRules(tx: Transaction, tenantId: string, id?: string): Promise<RuleView[]> {
  const rows = await tx.execute<Row>(sql`
    select r.id, r.name, r.note, r.entity_type, r.version, v.saved_by, r.created_at, r.updated_at,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by lower(p.name), p.id)
        from matching_policies p join matching_policy_versions w
          on w.tenant_id = p.tenant_id and w.policy_id = p.id and w.version = p.version
        where p.tenant_id = r.tenant_id and p.removed_at is null
          and w.definition->'entries' @> jsonb_build_array(jsonb_build_object('ruleId', r.id))), '[]') as policies
    from matching_rules r
    join matching_rule_versions v on v.tenant_id = r.tenant_id and v.rule_id = r.id and v.version = r.version
    where r.tenant_id = ${tenantId} and r.removed_at is null ${id === undefined ? sql`` : sql`and r.id = ${id}`}
    order by r.entity_type, lower(r.name), r.id`)
  return rows.map(({ entity_type, saved_by, created_at, updated_at, ...row }) => ({
    ...row,
    entityType: entity_type,
    savedBy: saved_by,
    createdAt: new Date(created_at),
    updatedAt: new Date(updated_at),
  }))
}
