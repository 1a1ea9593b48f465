import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ENTITY_TYPES, type EntityType, LINKS } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import { thisTenant } from '@/lib/ledger/this-tenant'
import { attributeName } from './attribute-name'
import { SEARCHED_NAMES } from './record-values'
import { shownFirst } from './shown-record'
import { queryWords } from './words'

/** What one of an entity's values `v` must be; `onlyShown`: of the record that holds now, or at last. */
export type Term = { value: SQL; onlyShown: boolean }

/** Records that are looked at one by one, 20 µs each, rather than entities in their order until a page is full. */
export const MAX_CANDIDATES = 5000

const listOf = (texts: readonly string[]) =>
  sql.join(
    texts.map((text) => sql`${text}`),
    sql`, `,
  )

/** Behind every text that begins with the one before it, in the order of bytes. */
const LAST = '\u{10ffff}'

/** One term for each word of a query: some ranges of the index. */
export const wordTerms = (types: readonly EntityType[], query: string): Term[] =>
  queryWords(query).map((word) => ({
    value: sql`v.type in (${listOf(types)}) and v.name in (${listOf(SEARCHED_NAMES)})
      and v.fold >= ${word} and v.fold < ${word + LAST}`,
    onlyShown: false,
  }))

/** Of types that may have the link; no term of those that may not. */
export function linkTerm(types: readonly EntityType[], link: string, key: string): Term | undefined {
  const name = attributeName(link)
  const linked = types.filter((type) => Object.hasOwn(LINKS[type], name))
  if (linked.length === 0) return undefined
  const value = sql`v.type in (${listOf(linked)}) and v.name = ${name} and v.fold = ${foldText(key)}`
  return { value, onlyShown: true }
}

export const typesOf = (type: EntityType | undefined): readonly EntityType[] => (type ? [type] : ENTITY_TYPES)

// OFFSET 0 keeps the planner from turning lookups of one record into scans of all: of a ledger that was just loaded
// it knows nothing.
const hasValue = (tenantId: string, { value }: Term) => sql`exists (
  select from (select v.* from ledger_values v where v.tenant_id = ${thisTenant(tenantId)} and v.record_id = r.id offset 0) v
  where ${value} offset 0)`

const isShown = (tenantId: string) => sql`r.id = (
  select s.id from ledger_records s where s.tenant_id = ${thisTenant(tenantId)} and s.entity_id = r.entity_id
  order by ${shownFirst('s')} limit 1)`

/** Of a record `r`. */
const fits = (tenantId: string, terms: readonly Term[], onlyShown: boolean): SQL =>
  sql.join(
    [sql`true`, ...terms.map((term) => hasValue(tenantId, term)), ...(onlyShown ? [isShown(tenantId)] : [])],
    sql` and `,
  )

/** How many values fit a term, counted up to `most`. */
export async function countValues(
  tx: Transaction,
  tenantId: string,
  { value }: Term,
  most: number,
): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from ledger_values v where v.tenant_id = ${thisTenant(tenantId)} and ${value} limit ${most}) x`)
  return row?.count ?? 0
}

/**
 * The condition that entities `e` have a record that fits all terms, one at least. By the rarest of them if that is
 * rare enough; otherwise entities are looked at in their order, of which a page is soon full.
 */
export async function fitsTerms(tx: Transaction, tenantId: string, terms: readonly Term[]): Promise<SQL> {
  const onlyShown = terms.some((term) => term.onlyShown)
  let rarest: { term: Term; count: number } | undefined
  for (const term of terms) {
    const count = await countValues(tx, tenantId, term, MAX_CANDIDATES + 1)
    if (!rarest || count < rarest.count) rarest = { term, count }
  }
  if (!rarest || rarest.count > MAX_CANDIDATES)
    return sql`exists (
      select from (
        select r.* from ledger_records r where r.tenant_id = ${thisTenant(tenantId)} and r.entity_id = e.id offset 0) r
      where ${fits(tenantId, terms, onlyShown)} offset 0)`
  const { term } = rarest
  const others = terms.filter((one) => one !== term)
  return sql`e.id = any(array(
    select r.entity_id
    from (select v.record_id from ledger_values v where v.tenant_id = ${thisTenant(tenantId)} and ${term.value} offset 0) v
    cross join lateral (
      select r.* from ledger_records r where r.tenant_id = ${thisTenant(tenantId)} and r.id = v.record_id offset 0) r
    where ${fits(tenantId, others, onlyShown)}))`
}
