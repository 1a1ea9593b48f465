import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import type { StreamKey } from '@/lib/delivery/matching-events'

/** Rows deleted by one statement: some 50 ms. */
const CHUNK = 5_000

/** Deletes a destination's rows of a table, called `r` in the condition; a chunk at most. */
export async function deleteRows(
  db: Database,
  { tenantId, destinationId }: StreamKey,
  table: string,
  condition: SQL = sql`true`,
): Promise<{ rows: number; isDone: boolean }> {
  const name = sql.identifier(table)
  const { count: rows } = await db.execute(sql`
    delete from ${name} where tenant_id = ${tenantId} and destination_id = ${destinationId} and ctid = any (array(
      select r.ctid from ${name} r
      where r.tenant_id = ${tenantId} and r.destination_id = ${destinationId} and ${condition} limit ${CHUNK}))`)
  return { rows, isDone: rows < CHUNK }
}
