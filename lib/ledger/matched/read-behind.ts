import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { thisTenant } from '@/lib/ledger/this-tenant'
import type { ShownEntity } from './matched-event'
import { type Period, toPeriod } from './periods'

/** Who is behind a name in a period: ids of a person and of that person's organisation. */
export type BehindReference = { during: Period; person: string | null; organisation: string | null }

type Row = {
  reference: number
  person: string | null
  organisation: string | null
  from: number | null
  to: number | null
}

/** Who is behind references now; those behind which is nobody are left out. */
export async function readBehind(
  tx: Transaction,
  tenantId: string,
  references: readonly number[],
): Promise<Map<number, BehindReference[]>> {
  const rows = await tx.execute<Row>(sql`
    select reference_id as reference, identity_id as person, organisation_id as organisation,
      (extract(epoch from valid_from) * 1000)::float8 as from, (extract(epoch from valid_to) * 1000)::float8 as to
    from ledger_matches where tenant_id = ${thisTenant(tenantId)} and until is null
      and reference_id = any(${`{${references.join(',')}}`}::int[]) and coalesce(identity_id, organisation_id) is not null`)
  const behind = new Map<number, BehindReference[]>()
  for (const { reference, from, to, ...who } of rows) {
    const segment = { during: toPeriod(from, to), ...who }
    const known = behind.get(reference)
    if (known) known.push(segment)
    else behind.set(reference, [segment])
  }
  return behind
}

/** How the ledger shows entities today, by their ids. */
export async function readShownOf(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, ShownEntity>> {
  const rows = await tx.execute<{ id: string; type: ShownEntity['type']; key: string; display: string }>(sql`
    select e.id, e.type, e.key, coalesce(r.display_name, e.key) as display from ledger_entities e
    left join lateral (
      select display_name from ledger_records where tenant_id = e.tenant_id and entity_id = e.id
      order by (valid_from is null or valid_from <= now()) and (valid_to is null or valid_to > now()) desc,
        valid_from desc nulls last limit 1
    ) r on true
    where e.tenant_id = ${thisTenant(tenantId)} and e.id = any(${`{${ids.join(',')}}`}::uuid[])`)
  return new Map(rows.map((shown) => [shown.id, { ...shown }]))
}
