import { and, eq, sql } from 'drizzle-orm'
import { collectionRuns, silos } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { tellEnd } from './end-run'
import type { RunId } from './input'
import { readRun } from './read-runs'
import type { RunView } from './run-view'

const r = collectionRuns

/**
 * Stops an open run: at once if nobody works on it, else with its next chunk. What it has collected stays; its files go
 * on from there in the next run. Throws `not_found`, and `conflict` where it has ended.
 */
export async function cancelRun(scope: TenantScope, { id }: RunId): Promise<RunView> {
  requirePermission(scope, 'collection:write')
  const { tenantId, principal } = scope
  return inTenant(scope, async (tx) => {
    const isIt = and(eq(r.tenantId, tenantId), eq(r.id, id))
    const [run] = await tx
      .select({
        state: r.state,
        isHeld: sql<boolean>`coalesce(${r.leaseUntil} > now(), false)`,
        silo: silos.name,
      })
      .from(r)
      .innerJoin(silos, and(eq(silos.tenantId, r.tenantId), eq(silos.id, r.siloId)))
      .where(isIt)
      .for('update', { of: r })
    if (!run) throw new AppError('not_found', 'There is no such run.')
    if (run.state !== 'queued' && run.state !== 'running')
      throw new AppError('conflict', 'This run has ended already, so there is nothing to cancel.')
    const cancelledBy = sql`coalesce(${r.cancelledBy}, ${principal.login})`
    if (run.isHeld) {
      await tx.update(r).set({ cancelledBy }).where(isIt)
    } else {
      const [ended] = await tx
        .update(r)
        .set({
          cancelledBy,
          state: 'cancelled',
          endedAt: sql`now()`,
          fileId: null,
          leaseToken: null,
          leaseUntil: null,
        })
        .where(isIt)
        .returning()
      if (ended) await tellEnd(tx, scope, { id: ended.siloId, name: run.silo }, ended)
    }
    return readRun(tx, tenantId, id)
  })
}
