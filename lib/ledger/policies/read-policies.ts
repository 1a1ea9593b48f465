import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { PolicyView } from './policy-view'

type Row = {
  id: string
  name: string
  note: string
  is_default: boolean
  version: number
  entry_count: number
  sources: string[]
  saved_by: string
  created_at: Date
  updated_at: Date
}

/** The tenant's policies as lists show them, the default first, then by name; or one of them. */
export async function readPolicies(tx: Transaction, tenantId: string, id?: string): Promise<PolicyView[]> {
  const rows = await tx.execute<Row>(sql`
    select p.id, p.name, p.note, p.is_default, p.version, jsonb_array_length(v.definition->'entries') as entry_count,
      array(select s.origin from matching_sources s
        where s.tenant_id = p.tenant_id and s.policy_id = p.id order by s.origin) as sources,
      v.saved_by, p.created_at, p.updated_at
    from matching_policies p
    join matching_policy_versions v
      on v.tenant_id = p.tenant_id and v.policy_id = p.id and v.version = p.version
    where p.tenant_id = ${tenantId} and p.removed_at is null ${id === undefined ? sql`` : sql`and p.id = ${id}`}
    order by p.is_default desc, lower(p.name), p.id`)
  return rows.map(({ is_default, entry_count, saved_by, created_at, updated_at, ...row }) => ({
    ...row,
    isDefault: is_default,
    entryCount: entry_count,
    savedBy: saved_by,
    createdAt: new Date(created_at),
    updatedAt: new Date(updated_at),
  }))
}
