import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { legalHolds } from '@/db/schema/retention'
import { AppError } from '@/lib/errors/app-error'

/** Whether a row of `legal_holds` is in force; the database's functions say the same. */
export const isActiveHold: SQL<boolean> = sql<boolean>`(${legalHolds.releasedAt} is null
  and (${legalHolds.until} is null or ${legalHolds.until} > now()))`

/** Why the tenant's trail is held, or undefined if nobody holds it. */
export async function findActiveHold(tx: Transaction, tenantId: string): Promise<string | undefined> {
  const [hold] = await tx
    .select({ reason: legalHolds.reason })
    .from(legalHolds)
    .where(sql`${legalHolds.tenantId} = ${tenantId} and ${isActiveHold}`)
    .limit(1)
  return hold?.reason
}

/** Throws `conflict` while a legal hold is active. */
export async function refuseUnderHold(tx: Transaction, tenantId: string): Promise<void> {
  const reason = await findActiveHold(tx, tenantId)
  if (reason === undefined) return
  const message = `A legal hold is active (${reason}): nothing of this trail is erased or dropped until it is released.`
  throw new AppError('conflict', message)
}
