import { and, eq, isNull, sql } from 'drizzle-orm'
import { plans } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { violatesUnique } from '@/lib/errors/violates-unique'
import type { UpdatePlan } from './input'
import { findNextAt, findSiloIds, nameTaken, planFacts, requireFreeName } from './plan-parts'
import type { PlanView } from './plan-view'
import { readPlan } from './read-plans'

/**
 * Changes what is given of a plan; an execution that has begun goes on as it was. Throws `not_found`, `invalid` as
 * `createPlan`, and `conflict` where somebody else was faster or the name is taken.
 */
export async function updatePlan(scope: TenantScope, input: UpdatePlan): Promise<PlanView> {
  requirePermission(scope, 'collection:manage')
  const { tenantId } = scope
  const { id, unchangedSince } = input
  return inTenant(scope, async (tx) => {
    const isIt = and(eq(plans.tenantId, tenantId), eq(plans.id, id), isNull(plans.removedAt))
    await tx.select({ id: plans.id }).from(plans).where(isIt).for('no key update')
    const before = await readPlan(tx, tenantId, id)
    if (unchangedSince !== undefined && before.updatedAt.getTime() !== Date.parse(unchangedSince))
      throw new AppError(
        'conflict',
        'Somebody else has saved changes since you opened this. Open it anew, and make yours there.',
      )
    const { name = before.name, note = before.note, enabled = before.enabled } = input
    const schedule = input.schedule === undefined ? before.schedule : input.schedule || null
    await requireFreeName(tx, tenantId, name, id)
    const siloIds = input.silos && (await findSiloIds(tx, tenantId, input.silos))
    const isRhythmSame = schedule === before.schedule && enabled === before.enabled
    const nextAt = isRhythmSame ? before.nextAt : await findNextAt(tx, tenantId, { schedule, enabled })
    const updatedAt = sql`greatest(now(), updated_at + interval '1 millisecond')`
    try {
      await tx
        .update(plans)
        .set({ name, note, schedule, enabled, nextAt, ...(siloIds && { siloIds }), updatedAt })
        .where(isIt)
    } catch (error) {
      throw violatesUnique(error, 'plans_name') ? nameTaken(name) : error
    }
    const after = await readPlan(tx, tenantId, id)
    await recordEvent(tx, scope, 'PLAN_UPDATED', {
      message: `Plan ${name} was changed`,
      targets: [{ type: 'plan', name, id }],
      oldValue: planFacts(before),
      newValue: planFacts(after),
    })
    return after
  })
}
