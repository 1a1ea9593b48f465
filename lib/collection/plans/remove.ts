import { and, eq, isNull, sql } from 'drizzle-orm'
import { plans } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import type { PlanId } from './input'

/** Removes a plan; runs that it has begun go on, and its executions stay with them. Throws `not_found`. */
export async function removePlan(scope: TenantScope, { id }: PlanId): Promise<void> {
  requirePermission(scope, 'collection:manage')
  const { tenantId } = scope
  await inTenant(scope, async (tx) => {
    const [plan] = await tx
      .update(plans)
      .set({ removedAt: sql`now()`, nextAt: null })
      .where(and(eq(plans.tenantId, tenantId), eq(plans.id, id), isNull(plans.removedAt)))
      .returning({ name: plans.name })
    if (!plan) throw new AppError('not_found', 'There is no such plan.')
    await recordEvent(tx, scope, 'PLAN_REMOVED', {
      message: `Plan ${plan.name} was removed`,
      targets: [{ type: 'plan', name: plan.name, id }],
    })
  })
}
