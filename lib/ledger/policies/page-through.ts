import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { LedgerRecord } from '@/lib/ledger/rules/ledger-record'
import { thisTenant } from '@/lib/ledger/this-tenant'
import { hasKey } from './has-key'
import { type Key, MAX_LISTED, toKeys } from './look-up'
import { readRecords } from './read-records'
import { keysOf, type Search } from './search'

/** Records that are looked at together. */
const PAGE = 500
/** Records that are looked at for one name, at most: some 400 ms. Only exact case and what is negated leave so many. */
const MAX_PAGES = 40

/**
 * For a search none of whose comparisons finds few records by itself: the records that all of them find, by id, until
 * MAX_LISTED fit.
 */
export async function pageThrough(
  tx: Transaction,
  tenantId: string,
  search: Search,
  isFit: (record: LedgerRecord) => boolean,
): Promise<LedgerRecord[]> {
  const found: LedgerRecord[] = []
  let after = '00000000-0000-0000-0000-000000000000'
  for (let page = 0; page < MAX_PAGES; page++) {
    const ids = await readPage(tx, tenantId, search, after)
    const records = await readRecords(tx, tenantId, ids)
    for (const id of ids) {
      const record = records.get(id)
      if (record && isFit(record) && found.push(record) === MAX_LISTED) return found
    }
    if (ids.length < PAGE) break
    after = ids.at(-1) as string
  }
  return found
}

async function readPage(tx: Transaction, tenantId: string, search: Search, after: string): Promise<string[]> {
  const { rule } = search
  const [first, ...others] = [
    ...rule.finds.map((_, place) => keysOf(search, place)),
    ...rule.required.map(({ attribute, lookup }) => toKeys(rule.entityType, attribute, lookup)),
  ] as [Key[], ...Key[][]]
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct found.record_id as id from ledger_values found
    where found.tenant_id = ${thisTenant(tenantId)} and found.record_id > ${after}::uuid and ${hasKey(sql`found`, first)}
      ${sql.join(
        others.map(
          (
            keys,
          ) => sql` and exists (select from ledger_values other where other.tenant_id = ${thisTenant(tenantId)}
            and other.record_id = found.record_id and ${hasKey(sql`other`, keys)})`,
        ),
      )}
    order by 1 limit ${PAGE}`)
  return rows.map(({ id }) => id)
}
