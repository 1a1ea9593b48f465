import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { plans } from '@/db/schema/silos'
import { tenants } from '@/db/schema/tenants'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { beginExecution } from './begin-execution'
import { nextTime } from './schedule'

/**
 * Begins a plan whose time has come, and sets its next one. Times that were missed while nothing ran count once. Gives
 * whether it was begun: of several who see it due, one does it.
 */
export async function runDuePlan(scope: TenantScope, id: string): Promise<boolean> {
  requirePermission(scope, 'collection:manage')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    const isIt = and(eq(plans.tenantId, tenantId), eq(plans.id, id))
    const [plan] = await tx
      .select({ id: plans.id, siloIds: plans.siloIds, schedule: plans.schedule, timeZone: tenants.timeZone })
      .from(plans)
      .innerJoin(tenants, eq(tenants.id, plans.tenantId))
      .where(and(isIt, lte(plans.nextAt, sql`now()`), isNull(plans.removedAt)))
      .for('update', { of: plans, skipLocked: true })
    if (!plan) return false
    const nextAt = plan.schedule === null ? null : nextTime(plan.schedule, plan.timeZone, new Date())
    await tx.update(plans).set({ nextAt }).where(isIt)
    await beginExecution(tx, scope, plan)
    return true
  })
}
