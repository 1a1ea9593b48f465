import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { PolicyVersion } from '@/lib/ledger/policies/definition'

export type PolicyInForce = { id: string; version: number; definition: PolicyVersion }

type Row = {
  origin: string | null
  id: string | null
  version: number | null
  definition: PolicyVersion | null
}

/** By which policy the references of an origin are matched now; null: by none. */
export async function readPoliciesInForce(
  tx: Transaction,
  tenantId: string,
): Promise<(origin: string) => PolicyInForce | null> {
  const rows = await tx.execute<Row>(sql`
    select s.origin, p.id, p.version, v.definition from (
      select origin, policy_id from matching_sources where tenant_id = ${tenantId}
      union all
      select null, id from matching_policies where tenant_id = ${tenantId} and is_default and removed_at is null
    ) s
    left join matching_policies p on p.tenant_id = ${tenantId} and p.id = s.policy_id and p.removed_at is null
    left join matching_policy_versions v on v.tenant_id = ${tenantId} and v.policy_id = p.id and v.version = p.version`)
  const byOrigin = new Map(rows.map((row) => [row.origin, inForce(row)]))
  return (origin) => byOrigin.get(origin) ?? (byOrigin.has(origin) ? null : (byOrigin.get(null) ?? null))
}

const inForce = ({ id, version, definition }: Row): PolicyInForce | null =>
  id !== null && version !== null && definition !== null ? { id, version, definition } : null
