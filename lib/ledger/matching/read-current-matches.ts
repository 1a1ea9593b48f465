import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { MatchedEntity } from '@/lib/ledger/matched/matched-event'
import { thisTenant } from '@/lib/ledger/this-tenant'

/** What is stored of a reference and holds; moments in milliseconds since 1970. */
export type CurrentMatch = {
  id: number
  referenceId: number
  validFrom: number | null
  validTo: number | null
  entityId: string | null
  candidates: string[] | null
  identityId: string | null
  organisationId: string | null
  shown: MatchedEntity | null
  policyId: string
  ruleId: string
}

/** By reference, of those with ids from `first` to `last`. */
export async function readCurrentMatches(
  tx: Transaction,
  tenantId: string,
  first: number,
  last: number,
): Promise<Map<number, CurrentMatch[]>> {
  const rows = await tx.execute<CurrentMatch>(sql`
    select id::float8 as id, reference_id as "referenceId",
      (extract(epoch from valid_from) * 1000)::float8 as "validFrom",
      (extract(epoch from valid_to) * 1000)::float8 as "validTo", entity_id as "entityId",
      to_json(candidates) as candidates, identity_id as "identityId", organisation_id as "organisationId", shown,
      policy_id as "policyId", rule_id as "ruleId"
    from ledger_matches
    where tenant_id = ${thisTenant(tenantId)} and reference_id >= ${first} and reference_id <= ${last} and until is null`)
  const matches = new Map<number, CurrentMatch[]>()
  for (const row of rows) {
    const own = matches.get(row.referenceId)
    if (own) own.push(row)
    else matches.set(row.referenceId, [row])
  }
  return matches
}
