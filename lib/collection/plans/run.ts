import { and, eq, isNull } from 'drizzle-orm'
import { planExecutions, plans } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { beginExecution } from './begin-execution'
import type { PlanId } from './input'
import type { ExecutionView } from './plan-view'
import { readExecutions } from './read-plans'

/** Begins a plan now, whatever its schedule says. Throws `not_found`, and `conflict` where none of its silos can be run. */
export async function runPlan(scope: TenantScope, { id }: PlanId): Promise<ExecutionView> {
  requirePermission(scope, 'collection:write')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    const [plan] = await tx
      .select({ id: plans.id, siloIds: plans.siloIds })
      .from(plans)
      .where(and(eq(plans.tenantId, tenantId), eq(plans.id, id), isNull(plans.removedAt)))
      .for('no key update')
    if (!plan) throw new AppError('not_found', 'There is no such plan.')
    const executionId = await beginExecution(tx, scope, plan)
    const [begun] = await readExecutions(tx, tenantId, {
      where: eq(planExecutions.id, executionId),
      limit: 1,
    })
    if (!begun) throw new Error('an execution that was just begun is not there')
    if (begun.runs.length === 0) {
      const reasons = begun.skipped.map(({ silo, reason }) => `${silo}: ${reason}`).join(' ')
      throw new AppError('conflict', `None of its silos can be run now. ${reasons}`)
    }
    return begun
  })
}
