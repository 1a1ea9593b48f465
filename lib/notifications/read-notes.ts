import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { type BellNote, type RungRow, toBellNote } from './bell-note'
import { readMaskedEvents } from './masked-events'
import { readerRow } from './reader'

/** Older ones wait in the bell and pop up no more: what happened then is no interruption worth. */
export const FRESH_MINUTES = 10

/** Whose bell, and the name of their workspace, which links begin with. */
export type Reader = { tenantId: string; userId: string; slug: string }

/** Notifications of a reader's bell that are `wanted` (rows `n`), newest first unless `ascends`. */
export async function readRows(
  tx: Transaction,
  reader: Reader,
  { wanted, limit, ascends = false }: { wanted: SQL; limit: number; ascends?: boolean },
): Promise<RungRow[]> {
  const rows = await tx.execute<Omit<RungRow, 'at'> & { at: string }>(sql`
    select n.number::float8 as number, to_json(n.at) #>> '{}' as at, n.destination_id as "destinationId", n.message, n.path,
      n.events, n.levels, to_json(n.listed) as listed, n.rule,
      n.number > me.read_number and n.at >= me.joined_at as "isUnread",
      n.at > now() - make_interval(mins => ${FRESH_MINUTES}) as "isFresh"
    from ${readerRow(reader)}, notifications n
    where n.tenant_id = ${reader.tenantId}::uuid and me.role = any(n.roles) and ${wanted}
    order by n.number ${ascends ? sql`asc` : sql`desc`} limit ${limit}`)
  return rows.map((row) => ({ ...row, at: new Date(row.at) }))
}

/** The same in words. */
export async function readNotes(
  tx: Transaction,
  reader: Reader,
  wanted: Parameters<typeof readRows>[2],
): Promise<BellNote[]> {
  return wordRows(tx, reader, await readRows(tx, reader, wanted))
}

/** Puts rows into words, with what the trail has of their events now. */
export async function wordRows(
  tx: Transaction,
  { tenantId, slug }: Reader,
  rows: readonly RungRow[],
): Promise<BellNote[]> {
  const eventsOf = await readMaskedEvents(tx, tenantId, rows)
  return rows.map((row) => toBellNote(row, eventsOf(row), slug))
}
