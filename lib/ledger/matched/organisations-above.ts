import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { thisTenant } from '@/lib/ledger/this-tenant'
import { MAX_DEPTH } from './organisations-below'
import { ALWAYS, intersect, type Period, toPeriod, unite } from './periods'

/** An organisation, and when another one was in it. */
export type Above = { id: string; during: Period[] }

type Link = { id: string; above: string; from: number | null; to: number | null }

/** What records of these organisations name as the one above. */
function readLinks(tx: Transaction, tenantId: string, ids: readonly string[]) {
  return tx.execute<Link>(sql`
    select r.entity_id as id, a.id as above,
      (extract(epoch from r.valid_from) * 1000)::float8 as from, (extract(epoch from r.valid_to) * 1000)::float8 as to
    from ledger_records r
    join ledger_values v on v.tenant_id = r.tenant_id and v.record_id = r.id and v.type = 'organisation' and v.name = 'parent'
    join ledger_entities a on a.tenant_id = v.tenant_id and a.type = 'organisation' and a.key_fold = v.fold
    where r.tenant_id = ${thisTenant(tenantId)} and r.entity_id = any(${`{${ids.join(',')}}`}::uuid[])`)
}

/** Of each of these organisations itself and all above it, each with the periods in which it was in that. */
export async function organisationsAbove(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, Above[]>> {
  const links = new Map<string, Link[]>()
  let level = [...new Set(ids)]
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    for (const id of level) links.set(id, [])
    const found = await readLinks(tx, tenantId, level)
    for (const link of found) links.get(link.id)?.push(link)
    level = [...new Set(found.map(({ above }) => above))].filter((id) => !links.has(id))
  }
  return new Map(ids.map((id) => [id, climb(id, links)]))
}

function climb(id: string, links: ReadonlyMap<string, Link[]>): Above[] {
  const found = new Map<string, Period[]>([[id, [ALWAYS]]])
  let level = [id]
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next = new Set<string>()
    for (const one of level)
      for (const { above, from, to } of links.get(one) ?? []) {
        const known = found.get(above) ?? []
        const all = unite([...known, ...intersect(found.get(one) ?? [], [toPeriod(from, to)])])
        if (boundsOf(all) === boundsOf(known)) continue
        found.set(above, all)
        next.add(above)
      }
    level = [...next]
  }
  return [...found].map(([above, during]) => ({ id: above, during }))
}

/** To tell whether anything was added. */
const boundsOf = (periods: readonly Period[]) => periods.map(({ from, to }) => `${from} ${to}`).join()
