import { and, desc, eq, lt } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryDead } from '@/db/schema/delivery'
import { events } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { decodeCursor, encodeCursor } from '@/lib/trail/cursor'
import { readDestination } from './find-destination'
import { DEFAULT_PAGE_SIZE, type StreamPageRequest } from './stream-page'

const MAX_PAGE_SIZE = 500

/** An event that the receiver will never take. */
export type DeadLetterView = {
  seq: number
  at: Date
  reason: string
  status: number | null
  answer: string | null
  /** When a replay got it through after all. */
  resolvedAt: Date | null
  /** Null where retention has dropped it. */
  eventId: string | null
}

export type DeadLetterPage = { deadLetters: DeadLetterView[]; next: string | null }

const d = deliveryDead

/** What a stream set aside, from the end of the trail. */
export async function readDeadLetters(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  { limit = DEFAULT_PAGE_SIZE, cursor }: StreamPageRequest = {},
): Promise<DeadLetterPage> {
  const before = cursor === undefined ? undefined : decodeCursor(cursor).seq
  const most = Math.min(limit, MAX_PAGE_SIZE)
  const found = await tx
    .select({
      seq: d.seq,
      at: d.at,
      reason: d.reason,
      status: d.status,
      answer: d.answer,
      resolvedAt: d.resolvedAt,
      eventId: events.id,
    })
    .from(d)
    .leftJoin(events, and(eq(events.tenantId, d.tenantId), eq(events.seq, d.seq)))
    .where(
      and(
        eq(d.tenantId, tenantId),
        eq(d.destinationId, destinationId),
        before === undefined ? undefined : lt(d.seq, before),
      ),
    )
    .orderBy(desc(d.seq))
    .limit(most + 1)
  const deadLetters = found.slice(0, most)
  const last = deadLetters.at(-1)
  const next = found.length > most && last ? encodeCursor({ side: 'before', seq: last.seq }) : null
  return { deadLetters, next }
}

/** Events that a destination's receiver refused for good, from the end of the trail. Throws `not_found`. */
export async function listDeadLetters(
  scope: TenantScope,
  id: string,
  request: StreamPageRequest = {},
  role?: DestinationRole,
): Promise<DeadLetterPage> {
  requirePermission(scope, 'destinations:read')
  return inTenant(scope, async (tx) => {
    await readDestination(tx, scope, { id, role })
    return readDeadLetters(tx, { tenantId: scope.tenantId, destinationId: id }, request)
  })
}
