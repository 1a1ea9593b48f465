import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { type EntityType, LINKS } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import { thisTenant } from '@/lib/ledger/this-tenant'
import type { EntitySummary } from './entity-view'
import { holdsNow, shownFirst } from './shown-record'

/** Links that tell an entity from its namesakes, in the order of its note. */
const NOTED = ['repository', 'application', 'identity', 'organisation', 'parent', 'owner'] as const
/** Parts of a note: more is no line any more. */
const MAX_NOTED = 2

type Row = {
  id: string
  type: EntityType
  key: string
  display_name: string | null
  links: Record<string, string[]> | null
  is_current: boolean | null
}

type Named = { to: EntityType; key: string }

/** What a note consists of: the first keys of links that it has. */
const notedOf = ({ type, links }: Row): Named[] =>
  NOTED.flatMap((link): Named[] => {
    const to = LINKS[type][link]?.to
    const key = links?.[link]?.[0]
    return to && key !== undefined ? [{ to, key }] : []
  }).slice(0, MAX_NOTED)

const nameKey = (type: string, key: string) => `${type} ${foldText(key)}`

/** Display names of entities that others link to, by `nameKey`. */
async function readNames(tx: Transaction, tenantId: string, named: readonly Named[]) {
  const wanted = [
    ...new Map(named.map(({ to, key }) => [nameKey(to, key), { t: to, f: foldText(key) }])).values(),
  ]
  if (wanted.length === 0) return new Map<string, string>()
  const rows = await tx.execute<{ type: string; key: string; display_name: string }>(sql`
    select e.type, e.key, s.display_name
    from json_to_recordset(${JSON.stringify(wanted)}::json) x(t text, f text)
    join ledger_entities e on e.tenant_id = ${thisTenant(tenantId)} and e.type = x.t and e.key_fold = x.f
    cross join lateral (
      select r.display_name from ledger_records r where r.tenant_id = e.tenant_id and r.entity_id = e.id
      order by ${shownFirst('r')} limit 1
    ) s`)
  return new Map(rows.map(({ type, key, display_name: name }) => [nameKey(type, key), name]))
}

/**
 * Entities `e` that fit, as lists show them: at most `limit`, in the order of type and key. Links of a note are
 * shown by their display names where the ledger has them; repositories by their keys, as events have them.
 */
export async function readSummaries(
  tx: Transaction,
  tenantId: string,
  condition: SQL,
  limit: number,
): Promise<EntitySummary[]> {
  const rows: Row[] = await tx.execute<Row>(sql`
    select e.id, e.type, e.key, s.display_name, s.links, s.is_current
    from (
      select e.* from ledger_entities e where e.tenant_id = ${thisTenant(tenantId)} and ${condition}
      order by e.type, e.key_fold limit ${limit}
    ) e
    left join lateral (
      select r.display_name, r.links, ${holdsNow('r')} as is_current from ledger_records r
      where r.tenant_id = e.tenant_id and r.entity_id = e.id order by ${shownFirst('r')} limit 1
    ) s on true
    order by e.type, e.key_fold`)
  const names = await readNames(tx, tenantId, rows.flatMap(notedOf))
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    key: row.key,
    displayName: row.display_name ?? row.key,
    note: notedOf(row)
      .map(({ to, key }) => (to === 'repository' ? key : (names.get(nameKey(to, key)) ?? key)))
      .join(' · '),
    isCurrent: row.is_current ?? false,
  }))
}
