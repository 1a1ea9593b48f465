import { and, desc, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryReplays } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { readDestination } from './find-destination'

const MAX_SHOWN = 50

/** Events sent again, `fromSeq` to `throughSeq`, both inclusive; everything below `nextSeq` is done. */
export type ReplayView = {
  id: string
  fromSeq: number
  throughSeq: number
  /** Only those of them that were set aside. */
  onlyDead: boolean
  nextSeq: number
  state: 'running' | 'done' | 'cancelled'
  sentEvents: number
  requestedBy: string
  createdAt: Date
  finishedAt: Date | null
}

const r = deliveryReplays

/** A stream's replays, latest first; one of them if `replayId` is given. */
export async function readReplays(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  replayId?: string,
): Promise<ReplayView[]> {
  const rows = await tx
    .select({
      id: r.id,
      fromSeq: r.fromSeq,
      toSeq: r.toSeq,
      onlyDead: r.onlyDead,
      nextSeq: r.nextSeq,
      state: r.state,
      sentEvents: r.sentEvents,
      requestedBy: r.requestedBy,
      createdAt: r.createdAt,
      finishedAt: r.finishedAt,
    })
    .from(r)
    .where(
      and(
        eq(r.tenantId, tenantId),
        eq(r.destinationId, destinationId),
        replayId === undefined ? undefined : eq(r.id, replayId),
      ),
    )
    .orderBy(desc(r.createdAt), desc(r.id))
    .limit(MAX_SHOWN)
  return rows.map(({ id, fromSeq, toSeq, ...row }) => ({ id, fromSeq, throughSeq: toSeq - 1, ...row }))
}

/** What was sent to a destination again, latest first. Throws `not_found`. */
export async function listReplays(
  scope: TenantScope,
  id: string,
  role?: DestinationRole,
): Promise<ReplayView[]> {
  requirePermission(scope, 'destinations:read')
  return inTenant(scope, async (tx) => {
    await readDestination(tx, scope, { id, role })
    return readReplays(tx, { tenantId: scope.tenantId, destinationId: id })
  })
}
