import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { Lookup } from '@/lib/ledger/rules/comparers'
import type { LedgerRecord } from '@/lib/ledger/rules/ledger-record'
import { thisTenant } from '@/lib/ledger/this-tenant'
import { joinRecord, RECORD_COLUMNS, type RecordRow, toArray, toRecord, toTextArray } from './read-records'

/** Records of a type that have a value under a name, or one that begins so. */
export type Key = { type: EntityType; name: string; fold: string; begins: boolean }

/** Records that one key is asked for. What has more is looked for by another comparison of its rule. */
export const MAX_LISTED = 64

/** A fold that begins with `x` sorts before `x` with this behind it: the last code point, which no text has. */
export const LAST = '\u{10FFFF}'

export const toKeys = (type: EntityType, name: string, lookup: Lookup): Key[] =>
  'is' in lookup
    ? lookup.is.map((fold) => ({ type, name, fold, begins: false }))
    : [{ type, name, fold: lookup.begins, begins: true }]

/** The records by key, in the keys' order; undefined where there are more than MAX_LISTED. */
export async function lookUp(
  tx: Transaction,
  tenantId: string,
  keys: readonly Key[],
): Promise<(LedgerRecord[] | undefined)[]> {
  const lists: LedgerRecord[][] = keys.map(() => [])
  for (const begins of [false, true]) {
    const places = keys.flatMap((key, place) => (key.begins === begins ? [place] : []))
    if (places.length === 0) continue
    const asked = places.map((place) => keys[place] as Key)
    const rows = await tx.execute<RecordRow & { n: number }>(sql`
      select w.n::int as n, ${RECORD_COLUMNS}
      from unnest(${toArray(asked.map(({ type }) => type))}::text[], ${toTextArray(asked.map(({ name }) => name))}::text[],
        ${toTextArray(asked.map(({ fold }) => fold))}::text[]) with ordinality as w (type, name, fold, n)
      cross join lateral (select v.record_id from ledger_values v
        where v.tenant_id = ${thisTenant(tenantId)} and v.type = w.type and v.name = w.name and ${isMeant(begins)}
        limit ${MAX_LISTED + 1}) v
      ${joinRecord(tenantId, sql`v.record_id`)}`)
    for (const row of rows) lists[places[row.n - 1] as number]?.push(toRecord(row))
  }
  return lists.map((list, i) => {
    if (list.length > MAX_LISTED) return undefined
    // A record may have several values of a name that begin alike.
    return keys[i]?.begins ? [...new Map(list.map((record) => [record.id, record])).values()] : list
  })
}

const isMeant = (begins: boolean): SQL =>
  begins ? sql`v.fold >= w.fold and v.fold < w.fold || ${LAST}` : sql`v.fold = w.fold`
