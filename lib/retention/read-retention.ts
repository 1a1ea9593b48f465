import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { retentionProgress, retentionSettings } from '@/db/schema/retention'
import type { Retention } from './retention'

/** What a tenant chose; everything for ever if nobody did. */
export async function readRetention(tx: Transaction, tenantId: string): Promise<Retention> {
  const [row] = await tx.select().from(retentionSettings).where(eq(retentionSettings.tenantId, tenantId))
  if (!row) return { days: null, types: [], updatedAt: null, updatedBy: null }
  const types = Object.entries(row.types).map(([type, days]) => ({ type, days }))
  types.sort((a, b) => (a.type < b.type ? -1 : 1))
  return { days: row.days, types, updatedAt: row.updatedAt, updatedBy: row.updatedBy }
}

/** Stands for a trail that was not looked at to the end yet. */
export const NEVER = new Date(0)

export type Progress = typeof retentionProgress.$inferSelect

export async function readProgress(tx: Transaction, tenantId: string): Promise<Progress | undefined> {
  const [row] = await tx.select().from(retentionProgress).where(eq(retentionProgress.tenantId, tenantId))
  return row
}

/** Notes how far retention has come. Only who is done sets `checkedAt`: until then the trail stays due. */
export async function writeProgress(
  tx: Transaction,
  tenantId: string,
  progress: Partial<Omit<Progress, 'tenantId'>>,
): Promise<void> {
  await tx
    .insert(retentionProgress)
    .values({ checkedAt: NEVER, ...progress, tenantId })
    .onConflictDoUpdate({ target: retentionProgress.tenantId, set: progress })
}
