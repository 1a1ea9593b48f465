import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { matchingState } from '@/db/schema/matching'

export type MatchingState = typeof matchingState.$inferSelect

/** Undefined where the tenant doesn't use the ledger. */
export async function readMatchingState(
  tx: Transaction,
  tenantId: string,
): Promise<MatchingState | undefined> {
  const [state] = await tx.select().from(matchingState).where(eq(matchingState.tenantId, tenantId))
  return state
}

/** The same, and nobody else changes matches until the transaction ends. Behind `lockBlocks`, before the trail's head. */
export async function lockMatchingState(
  tx: Transaction,
  tenantId: string,
): Promise<MatchingState | undefined> {
  const [state] = await tx
    .select()
    .from(matchingState)
    .where(eq(matchingState.tenantId, tenantId))
    .for('update')
  return state
}

/** The same without waiting: undefined also if somebody else is at it. */
export async function tryLockMatchingState(
  tx: Transaction,
  tenantId: string,
): Promise<MatchingState | undefined> {
  const [state] = await tx
    .select()
    .from(matchingState)
    .where(eq(matchingState.tenantId, tenantId))
    .for('update', { skipLocked: true })
  return state
}

export async function writeMatchingState(
  tx: Transaction,
  tenantId: string,
  changes: Partial<Omit<MatchingState, 'tenantId'>>,
): Promise<void> {
  if (Object.keys(changes).length === 0) return
  await tx.update(matchingState).set(changes).where(eq(matchingState.tenantId, tenantId))
}
