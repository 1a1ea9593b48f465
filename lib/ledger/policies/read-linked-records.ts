import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { LedgerRecord } from '@/lib/ledger/rules/ledger-record'
import { thisTenant } from '@/lib/ledger/this-tenant'
import { PERIOD_COLUMNS, type RecordRow, toFromMs, toTextArray, toToMs } from './read-records'

/** A record that another one is linked to: what is shown of it. */
export type LinkedRecord = Omit<LedgerRecord, 'id' | 'attributes'>

type Row = Omit<RecordRow, 'id' | 'type' | 'attributes'> & { n: number }

/** The entities of a type with these folded keys: all their records, by the folded key. */
export async function readLinkedRecords(
  tx: Transaction,
  tenantId: string,
  type: EntityType,
  folds: readonly string[],
): Promise<Map<string, LinkedRecord[]>> {
  const found = new Map<string, LinkedRecord[]>()
  if (folds.length === 0) return found
  const rows = await tx.execute<Row>(sql`
    select w.n::int as n, r.entity_id, e.key, ${PERIOD_COLUMNS}, r.display_name, r.links
    from unnest(${toTextArray(folds)}::text[]) with ordinality as w (fold, n)
    cross join lateral (select id, key from ledger_entities e
      where e.tenant_id = ${thisTenant(tenantId)} and e.type = ${type} and e.key_fold = w.fold limit 1) e
    cross join lateral (select * from ledger_records r
      where r.tenant_id = ${thisTenant(tenantId)} and r.entity_id = e.id) r`)
  for (const row of rows) {
    const fold = folds[row.n - 1] as string
    const record: LinkedRecord = {
      entityId: row.entity_id,
      type,
      key: row.key,
      fromMs: toFromMs(row.from_s),
      toMs: toToMs(row.to_s),
      displayName: row.display_name,
      links: row.links,
    }
    const records = found.get(fold)
    if (records) records.push(record)
    else found.set(fold, [record])
  }
  return found
}
