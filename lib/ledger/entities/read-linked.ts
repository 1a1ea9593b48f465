import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ENTITY_TYPES, type EntityType, LINKS } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import { thisTenant } from '@/lib/ledger/this-tenant'
import type { EntitySummary, LinkedFrom } from './entity-view'
import { readSummaries } from './read-summaries'
import { countValues, fitsTerms, linkTerm, MAX_CANDIDATES, type Term } from './search-conditions'

/** Of entities that link to one: the rest is a list of its own. */
const MOST = 50
/** Of which there are more, nobody minds how many. */
const MAX_COUNTED = 1_000_000

type LinkedKey = { to: EntityType; key: string }

export const linkedKey = ({ to, key }: LinkedKey): string => `${to} ${foldText(key)}`

/** Entities by their types and keys, as `linkedKey` has them. */
export async function readLinked(
  tx: Transaction,
  tenantId: string,
  links: readonly LinkedKey[],
): Promise<Map<string, EntitySummary>> {
  const wanted = [
    ...new Map(links.map((link) => [linkedKey(link), { t: link.to, f: foldText(link.key) }])).values(),
  ]
  if (wanted.length === 0) return new Map()
  const condition = sql`(e.type, e.key_fold) in (
    select x.t, x.f from json_to_recordset(${JSON.stringify(wanted)}::json) x(t text, f text))`
  const found = await readSummaries(tx, tenantId, condition, wanted.length)
  return new Map(found.map((entity) => [linkedKey({ to: entity.type, key: entity.key }), entity]))
}

/**
 * Which entities name this one, by type and link, those without any left out. Of very many, `total` counts those that
 * ever did.
 */
export async function readLinkedFrom(
  tx: Transaction,
  tenantId: string,
  { type: to, key }: { type: EntityType; key: string },
): Promise<LinkedFrom[]> {
  const found: LinkedFrom[] = []
  for (const type of ENTITY_TYPES)
    for (const [link, kind] of Object.entries(LINKS[type])) {
      const term = kind.to === to ? linkTerm([type], link, key) : undefined
      if (!term) continue
      const condition = sql`e.type = ${type} and ${await fitsTerms(tx, tenantId, [term])}`
      const entities = await readSummaries(tx, tenantId, condition, MOST)
      const total =
        entities.length < MOST ? entities.length : await countLinked(tx, tenantId, term, condition)
      if (total > 0) found.push({ type, link, total, entities })
    }
  return found
}

async function countLinked(tx: Transaction, tenantId: string, term: Term, condition: SQL): Promise<number> {
  const ever = await countValues(tx, tenantId, term, MAX_COUNTED)
  if (ever > MAX_CANDIDATES) return ever
  const [row] = await tx.execute<{ total: number }>(sql`
    select count(*)::int as total from ledger_entities e where e.tenant_id = ${thisTenant(tenantId)} and ${condition}`)
  return row?.total ?? 0
}
