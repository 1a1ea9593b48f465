import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'
import { deriveEntry, deriveRow, type EventRow, type LeafRow } from './leaf-row'

/** Rows derived without a pause, some 3 ms: whatever else this process serves does not wait longer. */
const ROWS_A_TURN = 64

/** Named as the row's members, because to copy a row of so many costs as much as to hash it (measured). */
const COLUMNS = sql.raw(`seq, id, round(date_part('epoch', received_at) * 1000) as "receivedMs",
  round(date_part('epoch', occurred_at) * 1000) as "occurredMs", level, type, action, status, code, category, message,
  actor_login, actor_identity, actor_id, session_id, ip, target_type, target_name, target2_type, target2_name, source,
  data_source, body, seed, redaction, leaf_hash`)

/** The rows of a trail from `from` up to (not including) `to`, in order, each derived anew. */
export async function readRows(
  tx: Transaction,
  tenantId: string,
  from: number,
  to: number,
): Promise<LeafRow[]> {
  if (tenantId === ANCHOR_TENANT_ID) {
    const entries = await tx.execute<{ seq: number; entry: Buffer; leaf_hash: Buffer }>(sql`
      select seq, entry, leaf_hash from anchor_entries where seq >= ${from} and seq < ${to} order by seq`)
    return entries.map(deriveEntry)
  }
  const events = await tx.execute<EventRow>(sql`
    select ${COLUMNS} from events where tenant_id = ${tenantId} and seq >= ${from} and seq < ${to} order by seq`)
  const rows: LeafRow[] = []
  for (const row of events) {
    rows.push(deriveRow(row))
    if (rows.length % ROWS_A_TURN === 0) await nextTurn()
  }
  return rows
}
