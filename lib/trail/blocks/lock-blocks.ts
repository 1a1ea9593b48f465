import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'

const keyOf = (tenantId: string) => sql`hashtextextended('spoor block index ' || ${tenantId}, 0)`

/**
 * Until the transaction ends nobody else indexes the trail, erases values from it or drops events: what is indexed
 * while it is erased would stay in the index.
 */
export async function lockBlocks(tx: Transaction, tenantId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${keyOf(tenantId)})`)
}

/** The same without waiting: false if somebody else is at it. */
export async function tryLockBlocks(tx: Transaction, tenantId: string): Promise<boolean> {
  const [state] = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(${keyOf(tenantId)}) as locked`,
  )
  return state?.locked ?? false
}
