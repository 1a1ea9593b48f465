import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { thisTenant } from '@/lib/ledger/this-tenant'
import type { FoundEntity } from './find-named'
import { organisationsBelow } from './organisations-below'
import { ALWAYS, intersect, type Period, toPeriod, unite } from './periods'

/** What events call an entity in a role, when it means it, and how many events have it, the newest at `lastSeq`. */
export type MeantReference = {
  id: number
  role: 'actor' | 'target'
  events: number
  lastSeq: number
  periods: Period[]
}

/** The ids of entity, identity and organisation, when it begins and ends, and the rest of the reference. */
type Row = [
  meant: (string | null)[],
  from: number | null,
  to: number | null,
  reference: Omit<MeantReference, 'periods'>,
]

/** What an entity stands for: itself, and of an organisation all below it. */
async function standFor(
  tx: Transaction,
  tenantId: string,
  entities: readonly FoundEntity[],
): Promise<Map<string, Period[]>> {
  const all = new Map<string, Period[]>()
  for (const entity of entities) {
    const below: Map<string, Period[]> =
      entity.type === 'organisation'
        ? await organisationsBelow(tx, tenantId, entity)
        : new Map([[entity.id, [ALWAYS]]])
    for (const [id, periods] of below) all.set(id, [...(all.get(id) ?? []), ...periods])
  }
  return all
}

/**
 * The references that currently mean one of the entities: of a person also by each account, of an organisation by its
 * people. Where several fit, none is meant.
 */
export async function findReferences(
  tx: Transaction,
  tenantId: string,
  entities: readonly FoundEntity[],
): Promise<MeantReference[]> {
  const meant = await standFor(tx, tenantId, entities)
  if (meant.size === 0) return []
  const ids = `{${[...meant.keys()].join(',')}}`
  // As one JSON text: a person has a few, an organisation thousands, and a row for each costs three times as much.
  const [found] = await tx.execute<{ rows: string | null }>(sql`
    select json_agg(json_build_array(json_build_array(m.entity_id, m.identity_id, m.organisation_id),
      extract(epoch from m.valid_from) * 1000, extract(epoch from m.valid_to) * 1000,
      json_build_object('id', r.id, 'role', r.role, 'events', r.events, 'lastSeq', r.last_seq)))::text as rows
    from ledger_matches m join ledger_references r on r.tenant_id = m.tenant_id and r.id = m.reference_id
    where m.tenant_id = ${thisTenant(tenantId)} and m.until is null
      and (m.entity_id = any(${ids}::uuid[]) or m.identity_id = any(${ids}::uuid[]) or m.organisation_id = any(${ids}::uuid[]))`)
  const references = new Map<number, MeantReference>()
  for (const [entities, from, to, reference] of JSON.parse(found?.rows ?? '[]') as Row[]) {
    const periods = unite(entities.flatMap((id) => (id && meant.get(id)) || []))
    const during = intersect(periods, [toPeriod(from, to)])
    const known = references.get(reference.id)
    if (known) known.periods.push(...during)
    else if (during.length > 0) references.set(reference.id, { ...reference, periods: during })
  }
  return [...references.values()]
}
