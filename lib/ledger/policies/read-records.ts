import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { LedgerRecord } from '@/lib/ledger/rules/ledger-record'
import { thisTenant } from '@/lib/ledger/this-tenant'

/** As PostgreSQL reads it; the values are uuids or plain words. */
export const toArray = (values: readonly string[]): string => `{${values.join(',')}}`

/** For texts of any kind. */
export const toTextArray = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`

export type RecordRow = {
  id: string
  entity_id: string
  type: EntityType
  key: string
  from_s: number | null
  to_s: number | null
  display_name: string
  attributes: Record<string, string>
  links: Record<string, string[]>
}

export const PERIOD_COLUMNS = sql`extract(epoch from r.valid_from)::float8 as from_s,
  extract(epoch from r.valid_to)::float8 as to_s`

export const RECORD_COLUMNS = sql`r.id, r.entity_id, e.type, e.key, ${PERIOD_COLUMNS}, r.display_name, r.attributes, r.links`

// Seconds are doubles, which have no exact milliseconds.
export const toFromMs = (seconds: number | null) =>
  seconds === null ? Number.NEGATIVE_INFINITY : Math.round(seconds * 1000)
export const toToMs = (seconds: number | null) =>
  seconds === null ? Number.POSITIVE_INFINITY : Math.round(seconds * 1000)

export const toRecord = (row: RecordRow): LedgerRecord => ({
  id: row.id,
  entityId: row.entity_id,
  type: row.type,
  key: row.key,
  fromMs: toFromMs(row.from_s),
  toMs: toToMs(row.to_s),
  displayName: row.display_name,
  attributes: row.attributes,
  links: row.links,
})

/** A record (`r`) by its id, and its entity (`e`): each is one look at an index, also in a table that was filled just now. */
export const joinRecord = (tenantId: string, id: SQL): SQL => sql`
  cross join lateral (select * from ledger_records r where r.tenant_id = ${thisTenant(tenantId)} and r.id = ${id} limit 1) r
  cross join lateral (select type, key from ledger_entities e
    where e.tenant_id = ${thisTenant(tenantId)} and e.id = r.entity_id limit 1) e`

/** Records by their ids. */
export async function readRecords(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, LedgerRecord>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.execute<RecordRow>(sql`
    select ${RECORD_COLUMNS} from unnest(${toArray(ids)}::uuid[]) as w (id) ${joinRecord(tenantId, sql`w.id`)}`)
  return new Map(rows.map((row) => [row.id, toRecord(row)]))
}
