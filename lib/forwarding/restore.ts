import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { destinations } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { roleOf } from '@/lib/delivery/destinations/roles'
import { AFTER_RESTORE } from '@/lib/delivery/lifecycle/failure-reset'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { dueAfresh } from '@/lib/delivery/schedule'
import { checkRoom } from './check-room'
import { withCompanions } from './companion-keys'
import { recordDestinationEvent } from './destination-event'
import { noSuchDestination, requireRole } from './find-destination'
import { changeStream, lockStream } from './find-stream'
import type { DestinationId } from './input'
import { moveStream } from './move-stream'
import { isRestorable } from './removed-destination'

/**
 * Brings a destination back that was removed within the last 30 days, with its companions, its place in the trail
 * and its switch as they were: what came meanwhile is sent. Throws `not_found`, and `conflict` for the 101st channel.
 */
export async function restoreDestination(
  scope: TenantScope,
  { id, role }: DestinationId,
): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { tenantId } = scope
  await inTenant(scope, async (tx) => {
    const [found] = await tx
      .select()
      .from(destinations)
      .where(
        and(
          eq(destinations.tenantId, tenantId),
          eq(destinations.id, id),
          isNull(destinations.companionOf),
          isRestorable(),
        ),
      )
      .for('no key update')
    const row = requireRole(found, role)
    if (!row.removedAt) throw noSuchDestination(role)
    // Only those that went with it: a companion that an edit had removed before stays away.
    const together = sql`${destinations.removedAt} >= ${row.removedAt.toISOString()}::timestamptz`
    const keys = await withCompanions(tx, { tenantId, destinationId: id }, together)
    const ids = keys.map(({ destinationId }) => destinationId)
    await tx
      .update(destinations)
      .set({ removedAt: null })
      .where(and(eq(destinations.tenantId, tenantId), inArray(destinations.id, ids)))
    for (const key of keys) {
      await changeStream(tx, key, {
        ...AFTER_RESTORE,
        state: sql`coalesce(state_before, 'paused')`,
        stateBefore: null,
        dueAt: dueAfresh,
      })
      await noteDropped(tx, key)
    }
    await recordDestinationEvent(tx, scope, row, 'DESTINATION_RESTORED', 'was brought back')
    await checkRoom(tx, tenantId, roleOf(row))
  })
  return { id }
}

/** What retention dropped while it was away, it will never get: on record, and it goes on behind it. */
async function noteDropped(tx: Transaction, key: StreamKey): Promise<void> {
  const stream = await lockStream(tx, key)
  const [head] = await tx.execute<{ first: number }>(
    sql`select first_seq::float8 as first from trail_heads where tenant_id = ${key.tenantId}`,
  )
  const toSeq = head?.first ?? 0
  if (stream.nextSeq >= toSeq) return
  const reason = 'Their time of retention passed while it was removed.'
  await moveStream(tx, stream, { toSeq, reason, requestedBy: 'retention' })
}
