import { randomUUID } from 'node:crypto'
import type { Transaction } from '@/db/client'
import { collectionRuns } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { lockSilo } from '@/lib/collection/silos/find-silo'
import { AppError } from '@/lib/errors/app-error'
import type { RequestRun } from './input'
import { readRun } from './read-runs'
import type { RunKind, RunView } from './run-view'

type Queued = { siloId: string; kind: RunKind; requestedBy: string; executionId?: string; place?: number }

/**
 * Queues a run unless the silo has an open one, and gives its id. The insert itself asks: it waits for a run that is
 * just ending, so a file that came too late for that one is never left without any.
 */
export async function queueRun(tx: Transaction, tenantId: string, run: Queued): Promise<string | undefined> {
  const [inserted] = await tx
    .insert(collectionRuns)
    .values({ tenantId, id: randomUUID(), state: 'queued', ...run })
    .onConflictDoNothing()
    .returning({ id: collectionRuns.id })
  return inserted?.id
}

/**
 * Asks for a run of a silo; the scheduler begins it within about a second. Throws `not_found`, `invalid` where the silo
 * has no line, and `conflict` where it has an open run.
 */
export async function requestRun(scope: TenantScope, { silo, kind }: RequestRun): Promise<RunView> {
  requirePermission(scope, 'collection:write')
  const { tenantId, principal } = scope
  return inTenant(scope, async (tx) => {
    const found = await lockSilo(tx, scope, silo, 'share')
    if (found.lineId === null)
      throw new AppError('invalid', `The silo ${silo} has no line yet. Choose one, then run it.`)
    const id = await queueRun(tx, tenantId, { siloId: found.id, kind, requestedBy: principal.login })
    if (id === undefined)
      throw new AppError('conflict', `The silo ${silo} has a run already. Wait for its end, or cancel it.`)
    return readRun(tx, tenantId, id)
  })
}
