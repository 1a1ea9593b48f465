import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { thisTenant } from '@/lib/ledger/this-tenant'
import { ALWAYS, intersect, type Period, toPeriod, unite } from './periods'

/** Levels of organisations; what goes deeper goes in circles. */
export const MAX_DEPTH = 32

type Link = { id: string; keyFold: string; parent: string; from: number | null; to: number | null }

/** Records that name one of these organisations as the one above. */
function readLinks(tx: Transaction, tenantId: string, parents: readonly string[]) {
  return tx.execute<Link>(sql`
    select e.id, e.key_fold as "keyFold", v.fold as parent,
      (extract(epoch from r.valid_from) * 1000)::float8 as from, (extract(epoch from r.valid_to) * 1000)::float8 as to
    from json_array_elements_text(${JSON.stringify(parents)}::json) as p(fold)
    join ledger_values v on v.tenant_id = ${thisTenant(tenantId)} and v.type = 'organisation' and v.name = 'parent' and v.fold = p.fold
    join ledger_records r on r.tenant_id = v.tenant_id and r.id = v.record_id
    join ledger_entities e on e.tenant_id = r.tenant_id and e.id = r.entity_id`)
}

/** An organisation and all below it, each with the periods in which it was that. */
export async function organisationsBelow(
  tx: Transaction,
  tenantId: string,
  { id, keyFold }: { id: string; keyFold: string },
): Promise<Map<string, Period[]>> {
  const found = new Map<string, Period[]>([[id, [ALWAYS]]])
  let level = new Map<string, Period[]>([[keyFold, [ALWAYS]]])
  for (let depth = 0; depth < MAX_DEPTH && level.size > 0; depth++) {
    const next = new Map<string, Period[]>()
    for (const link of await readLinks(tx, tenantId, [...level.keys()])) {
      const above = level.get(link.parent) ?? []
      const known = found.get(link.id) ?? []
      const all = unite([...known, ...intersect(above, [toPeriod(link.from, link.to)])])
      if (JSON.stringify(all.map(bounds)) === JSON.stringify(known.map(bounds))) continue
      found.set(link.id, all)
      next.set(link.keyFold, unite([...(next.get(link.keyFold) ?? []), ...all]))
    }
    level = next
  }
  return found
}

/** Infinity is none of JSON's numbers. */
const bounds = ({ from, to }: Period) => `${from} ${to}`
