import { randomUUID } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { planExecutions, silos } from '@/db/schema/silos'
import type { TenantScope } from '@/lib/access/scope'
import { queueRun } from '@/lib/collection/runs/request'
import type { SkippedSilo } from './plan-view'

/** Queues a run of each silo of a plan, in its order; gives the execution's id. Silos that can't be run now are left out, with the reason. */
export async function beginExecution(
  tx: Transaction,
  scope: TenantScope,
  plan: { id: string; siloIds: readonly string[] },
): Promise<string> {
  const { tenantId, principal } = scope
  const id = randomUUID()
  const requestedBy = principal.login
  const found = await tx
    .select({ id: silos.id, name: silos.name, lineId: silos.lineId, removedAt: silos.removedAt })
    .from(silos)
    .where(and(eq(silos.tenantId, tenantId), inArray(silos.id, [...plan.siloIds])))
    .orderBy(silos.id)
    // None is removed until its run is queued.
    .for('share')
  const skipped: SkippedSilo[] = []
  for (const [place, siloId] of plan.siloIds.entries()) {
    const silo = found.find((one) => one.id === siloId)
    const name = silo?.name ?? siloId
    if (!silo || silo.removedAt !== null) skipped.push({ silo: name, reason: 'It was removed.' })
    else if (silo.lineId === null) skipped.push({ silo: name, reason: 'It has no line.' })
    else {
      const run = await queueRun(tx, tenantId, { siloId, kind: 'files', requestedBy, executionId: id, place })
      if (run === undefined)
        skipped.push({ silo: name, reason: 'It had a run already, which was still open.' })
    }
  }
  await tx.insert(planExecutions).values({ tenantId, id, planId: plan.id, requestedBy, skipped })
  return id
}
