import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { SourceKind } from './policy-view'

/** Where events of the tenant come from, or may: `isThere` is false of silos and tokens that were removed. */
export type KnownSource = { origin: string; kind: SourceKind; label: string; isThere: boolean }

/** What of Spoor itself events come from. */
const OWN: KnownSource[] = [
  { origin: 'console', kind: 'console', label: 'Spoor: what people do in the console', isThere: true },
  { origin: 'system', kind: 'system', label: 'Spoor: what programs and tokens do', isThere: true },
]

/** The tenant's silos, tokens, and Spoor itself: all that an event's origin may name. */
export async function readKnownSources(tx: Transaction, tenantId: string): Promise<KnownSource[]> {
  const rows = await tx.execute<KnownSource>(sql`
    select distinct on (origin) origin, kind, label, "isThere" from (
      select 'silo:' || name as origin, 'silo' as kind, name as label, removed_at is null as "isThere"
      from silos where tenant_id = ${tenantId}
      union all
      select 'token:' || id, 'token', name, revoked_at is null and 'events:write' = any(scopes)
      from tokens where tenant_id = ${tenantId}
    ) known order by origin, "isThere" desc`)
  return [...rows, ...OWN]
}
