import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryDead } from '@/db/schema/delivery'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { readDestination } from './find-destination'
import { readStream } from './find-stream'
import { readSkips } from './read-skips'
import { readStreamPage, type StreamEventPage, type StreamPageRequest } from './stream-page'
import { cutOut, readSlices } from './stream-slices'

/**
 * Events that a destination has got, newest first: everything that it has behind it, each judged by the filter that
 * was in force there, without what was set aside or skipped. Throws `not_found`, and `invalid` for a foreign cursor.
 */
export async function listMatchedEvents(
  scope: TenantScope,
  id: string,
  request: StreamPageRequest = {},
  role?: DestinationRole,
): Promise<StreamEventPage> {
  requirePermission(scope, 'destinations:read')
  requirePermission(scope, 'events:read')
  const key = { tenantId: scope.tenantId, destinationId: id }
  return inTenantSnapshot(scope, async (tx) => {
    await readDestination(tx, scope, { id, role })
    const { startSeq, nextSeq } = await readStream(tx, key)
    const skips = await readSkips(tx, key)
    const slices = cutOut(
      await readSlices(tx, key, { from: startSeq, to: nextSeq }),
      skips.map(({ fromSeq, throughSeq }) => ({ from: fromSeq, to: throughSeq + 1 })),
    )
    const { events, next } = await readStreamPage(tx, key, slices, { ...request, descends: true })
    const dead = await findDead(
      tx,
      key,
      events.map(({ seq }) => seq),
    )
    return { events: events.filter(({ seq }) => !dead.has(seq)), next }
  })
}

/** Which of the events are set aside, and no replay has got them through since. */
async function findDead(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  seqs: number[],
): Promise<Set<number>> {
  if (seqs.length === 0) return new Set()
  const rows = await tx
    .select({ seq: deliveryDead.seq })
    .from(deliveryDead)
    .where(
      and(
        eq(deliveryDead.tenantId, tenantId),
        eq(deliveryDead.destinationId, destinationId),
        isNull(deliveryDead.resolvedAt),
        sql`${deliveryDead.seq} = any(${`{${seqs.join(',')}}`}::bigint[])`,
      ),
    )
  return new Set(rows.map(({ seq }) => seq))
}
