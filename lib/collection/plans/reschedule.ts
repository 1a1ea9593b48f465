import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { plans } from '@/db/schema/silos'
import { findNextAt } from './plan-parts'

/** Moves plans that wait for their time to the next one by the workspace's clock, which was set anew. */
export async function reschedulePlans(tx: Transaction, tenantId: string): Promise<void> {
  const waiting = await tx
    .select({ id: plans.id, schedule: plans.schedule, enabled: plans.enabled })
    .from(plans)
    .where(
      and(
        eq(plans.tenantId, tenantId),
        isNotNull(plans.schedule),
        gt(plans.nextAt, sql`now()`),
        isNull(plans.removedAt),
      ),
    )
  for (const { id, ...plan } of waiting)
    await tx
      .update(plans)
      .set({ nextAt: await findNextAt(tx, tenantId, plan) })
      .where(and(eq(plans.tenantId, tenantId), eq(plans.id, id)))
}
