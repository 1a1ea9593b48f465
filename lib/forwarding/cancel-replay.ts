import { and, eq, sql } from 'drizzle-orm'
import { deliveryReplays } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { wordsOf } from '@/lib/delivery/destinations/roles'
import { AppError } from '@/lib/errors/app-error'
import { recordDestinationEvent } from './destination-event'
import { findDestination } from './find-destination'
import { changeStream, lockStream } from './find-stream'
import { type ReplayView, readReplays } from './list-replays'
import { putAsideBatches } from './move-stream'
import type { CancelReplay } from './stream-input'

/** Ends a replay where it is; one that has ended already stays as it is. Throws `not_found`. */
export async function cancelReplay(
  scope: TenantScope,
  { id, role, replayId }: CancelReplay,
): Promise<ReplayView> {
  requirePermission(scope, 'destinations:manage')
  const { tenantId } = scope
  const key = { tenantId, destinationId: id }
  return inTenant(scope, async (tx) => {
    const row = await findDestination(tx, scope, { id, role })
    await lockStream(tx, key)
    const cancelled = await tx
      .update(deliveryReplays)
      .set({ state: 'cancelled', finishedAt: sql`now()` })
      .where(
        and(
          eq(deliveryReplays.tenantId, tenantId),
          eq(deliveryReplays.destinationId, id),
          eq(deliveryReplays.id, replayId),
          eq(deliveryReplays.state, 'running'),
        ),
      )
      .returning({ id: deliveryReplays.id })
    if (cancelled.length > 0) {
      await putAsideBatches(tx, key, replayId)
      await changeStream(tx, key, { runningReplays: sql`greatest(running_replays - 1, 0)` })
      const words = 'no longer gets earlier events again'
      await recordDestinationEvent(tx, scope, row, 'DESTINATION_REPLAY_CANCELLED', words, { replayId })
    }
    const [replay] = await readReplays(tx, key, replayId)
    if (!replay) throw new AppError('not_found', `There is no such replay of this ${wordsOf(row).noun}.`)
    return replay
  })
}
