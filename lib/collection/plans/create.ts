import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { plans } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import type { CreatePlan } from './input'
import { findNextAt, findSiloIds, MAX_PLANS, nameTaken, planFacts } from './plan-parts'
import type { PlanView } from './plan-view'
import { readPlan } from './read-plans'

/** Adds a plan. Throws `invalid` for a silo that isn't there, and `conflict` for a name that is taken, or the 101st plan. */
export async function createPlan(scope: TenantScope, input: CreatePlan): Promise<PlanView> {
  requirePermission(scope, 'collection:manage')
  const { tenantId } = scope
  const { name, note, enabled } = input
  const schedule = input.schedule || null
  const id = randomUUID()
  return inTenant(scope, async (tx) => {
    const siloIds = await findSiloIds(tx, tenantId, input.silos)
    const nextAt = await findNextAt(tx, tenantId, { schedule, enabled })
    const [inserted] = await tx
      .insert(plans)
      .values({ tenantId, id, name, note, siloIds, schedule, enabled, nextAt })
      .onConflictDoNothing()
      .returning({ id: plans.id })
    if (!inserted) throw nameTaken(name)
    const plan = await readPlan(tx, tenantId, id)
    await recordEvent(tx, scope, 'PLAN_CREATED', {
      message: `Plan ${name} was added`,
      targets: [{ type: 'plan', name, id }],
      newValue: planFacts(plan),
    })
    // After our own event nobody else adds one until the commit: the trail's counter is ours.
    const present = and(eq(plans.tenantId, tenantId), isNull(plans.removedAt))
    if ((await tx.$count(plans, present)) > MAX_PLANS)
      throw new AppError('conflict', `A workspace has at most ${MAX_PLANS} plans. Remove one first.`)
    return plan
  })
}
