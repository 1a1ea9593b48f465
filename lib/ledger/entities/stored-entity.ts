import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntityType } from '@/lib/ledger/entity-types'
import { byStart, type LedgerRecord } from './ledger-record'

/** An entity with all that is known of it, in the order of time. */
export type StoredEntity = {
  id: string
  type: EntityType
  key: string
  keyFold: string
  createdAtMs: number
  updatedAtMs: number
  records: LedgerRecord[]
}

type Row = {
  id: string
  type: EntityType
  key: string
  key_fold: string
  created: string
  updated: string | null
  records:
    | {
        f: number | null
        t: number | null
        d: string
        a: Record<string, string>
        l: Record<string, string[]>
      }[]
    | null
}

const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`)

/** Entities `e` that fit, in the order of type and key, at most `limit`. */
export async function readStoredEntities(
  tx: Transaction,
  condition: SQL,
  limit: number,
): Promise<StoredEntity[]> {
  const rows = await tx.execute<Row>(sql`
    select e.id, e.type, e.key, e.key_fold, ${ms('e.created_at')}::text as created, r.updated::text, r.records
    from (select * from ledger_entities e where ${condition} order by e.type, e.key_fold limit ${limit}) e
    left join lateral (
      select max(${ms('r.updated_at')}) as updated,
        json_agg(json_build_object('f', ${ms('r.valid_from')}, 't', ${ms('r.valid_to')}, 'd', r.display_name,
          'a', r.attributes, 'l', r.links)) as records
      from ledger_records r where r.tenant_id = e.tenant_id and r.entity_id = e.id
    ) r on true
    order by e.type, e.key_fold`)
  return rows.map(({ id, type, key, key_fold: keyFold, created, updated, records }) => ({
    ...{ id, type, key, keyFold },
    createdAtMs: Number(created),
    updatedAtMs: Number(updated ?? created),
    records: (records ?? [])
      .map(({ f, t, d, a, l }): LedgerRecord => ({ from: f, to: t, displayName: d, attributes: a, links: l }))
      .sort(byStart),
  }))
}
