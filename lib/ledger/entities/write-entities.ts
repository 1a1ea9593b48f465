import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntityType } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import type { LedgerRecord } from './ledger-record'
import { nextId } from './ordered-ids'
import { recordValues } from './record-values'

/** `id`: of an entity that is there already; its records are replaced. */
export type EntityChange = { id?: string; key: string; records: readonly LedgerRecord[] }

/** Entities of one statement: some thousand values, which take 10 ms to make and a tenth of a second to write. */
const CHUNK = 500

const toTime = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

function* chunksOf<T>(list: readonly T[]): Generator<T[]> {
  for (let at = 0; at < list.length; at += CHUNK) yield list.slice(at, at + CHUNK)
}

const idsOf = (ids: readonly string[]) =>
  sql`(select x.id::uuid as id from json_array_elements_text(${JSON.stringify(ids)}::json) x(id) offset 0) x`

/**
 * All that is derived from entities, and their records. OFFSET 0 and places keep each lookup one of a single key: of a
 * ledger that was just loaded the planner knows nothing, and would go through all of it for each.
 */
async function dropRecords(tx: Transaction, tenantId: string, ids: readonly string[]): Promise<void> {
  const records = sql`${idsOf(ids)} cross join lateral (
    select r.ctid as place, r.id from ledger_records r where r.tenant_id = ${tenantId} and r.entity_id = x.id offset 0) r`
  await tx.execute(sql`
    delete from ledger_values where ctid = any(array(
      select v.place from ${records} cross join lateral (
        select v.ctid as place from ledger_values v where v.tenant_id = ${tenantId} and v.record_id = r.id offset 0) v))`)
  await tx.execute(sql`delete from ledger_records where ctid = any(array(select r.place from ${records}))`)
}

type Written = { id: string; isNew: boolean; key: string; records: { id: string; record: LedgerRecord }[] }

async function writeChunk(
  tx: Transaction,
  tenantId: string,
  type: EntityType,
  chunk: Written[],
): Promise<void> {
  const entities = chunk.map(({ id, key }) => ({ id, key, fold: foldText(key) }))
  await tx.execute(sql`
    insert into ledger_entities (tenant_id, id, type, key, key_fold)
    select ${tenantId}, x.id, ${type}, x.key, x.fold
    from json_to_recordset(${JSON.stringify(entities)}::json) x(id uuid, key text, fold text)
    on conflict (tenant_id, id) do update set key = excluded.key, key_fold = excluded.key_fold
      where ledger_entities.key <> excluded.key`)
  const records = chunk.flatMap(({ id: entity, records: its }) =>
    its.map(({ id, record: { from, to, displayName, attributes, links } }) => {
      const times = { f: toTime(from), t: toTime(to) }
      return { id, entity, ...times, d: displayName, a: attributes, l: links }
    }),
  )
  await tx.execute(sql`
    insert into ledger_records (tenant_id, id, entity_id, valid_from, valid_to, display_name, attributes, links)
    select ${tenantId}, x.id, x.entity, x.f, x.t, x.d, x.a, x.l
    from json_to_recordset(${JSON.stringify(records)}::json)
      x(id uuid, entity uuid, f timestamptz, t timestamptz, d text, a jsonb, l jsonb)`)
  const values = chunk.flatMap(({ key, records: its }) =>
    its.flatMap(({ id, record }) => recordValues(key, record).map(([n, f]) => ({ n, f, r: id }))),
  )
  // In the order of the index, so that each of its pages is touched once.
  values.sort((a, b) => (a.n === b.n ? (a.f < b.f ? -1 : a.f > b.f ? 1 : 0) : a.n < b.n ? -1 : 1))
  await tx.execute(sql`
    insert into ledger_values (tenant_id, type, name, fold, record_id)
    select ${tenantId}, ${type}, x.n, x.f, x.r
    from json_to_recordset(${JSON.stringify(values)}::json) x(n text, f text, r uuid)
    on conflict do nothing`)
}

/**
 * Adds and changes entities of a type, some thousand a statement, with everything by which they are found. Between
 * locking the ledger and `askToRematch`; gives the ids in the order of the changes.
 */
export async function writeEntities(
  tx: Transaction,
  tenantId: string,
  type: EntityType,
  changes: readonly EntityChange[],
): Promise<string[]> {
  const ids: string[] = []
  for (const chunk of chunksOf(changes)) {
    const known = chunk.flatMap(({ id }) => id ?? [])
    if (known.length > 0) await dropRecords(tx, tenantId, known)
    const written = chunk.map(({ id, key, records }): Written => {
      const its = records.map((record) => ({ id: nextId(), record }))
      return { id: id ?? nextId(), isNew: id === undefined, key, records: its }
    })
    await writeChunk(tx, tenantId, type, written)
    ids.push(...written.map(({ id }) => id))
  }
  return ids
}

/** Removes entities with all that is known of them; behind it `forgetShown`. */
export async function dropEntities(tx: Transaction, tenantId: string, ids: readonly string[]): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await dropRecords(tx, tenantId, chunk)
    await tx.execute(sql`
      delete from ledger_entities where ctid = any(array(
        select e.place from ${idsOf(chunk)} cross join lateral (
          select e.ctid as place from ledger_entities e where e.tenant_id = ${tenantId} and e.id = x.id offset 0) e))`)
  }
}
