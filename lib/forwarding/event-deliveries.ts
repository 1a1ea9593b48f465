import { and, eq, gte, isNull, lte, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryBatches, deliveryDead, deliveryStreams, destinations } from '@/db/schema/delivery'
import { events } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { filterAt } from '@/lib/delivery/filter-at'
import { matchingEvents, type StreamKey } from '@/lib/delivery/matching-events'

/** While a destination is made, events go on arriving, the one that tells of it among them. */
const BEGINNING_MS = 60_000

/**
 * What became of an event at a destination. `before` the destination began, `not_matched` by its filter, `dead` is
 * set aside for good, `waiting` while the destination is paused or disabled, else `pending`.
 */
export type DeliveryOutcome = 'before' | 'not_matched' | 'pending' | 'waiting' | 'sent' | 'dead'

export type EventDelivery = {
  destinationId: string
  name: string
  outcome: DeliveryOutcome
  /** Why it is dead, in the receiver's words where it had any. */
  reason: string | null
}

/** Where the event at `seq` went, by destination, oldest first. Reads cursors and filters, and no bodies. */
export async function listEventDeliveries(scope: TenantScope, seq: number): Promise<EventDelivery[]> {
  requirePermission(scope, 'destinations:read')
  return inTenant(scope, async (tx) => {
    const rows = await tx
      .select({
        id: destinations.id,
        kind: destinations.kind,
        config: destinations.config,
        state: deliveryStreams.state,
        nextSeq: deliveryStreams.nextSeq,
        createdAt: destinations.createdAt,
        deadReason: deliveryDead.reason,
      })
      .from(destinations)
      .innerJoin(deliveryStreams, sameDestination(deliveryStreams))
      .leftJoin(deliveryDead, and(sameDestination(deliveryDead), eq(deliveryDead.seq, seq)))
      .where(and(eq(destinations.tenantId, scope.tenantId), isNull(destinations.removedAt)))
      .orderBy(destinations.createdAt, destinations.id)
    const deliveries: EventDelivery[] = []
    for (const { id, kind, config, state, nextSeq, createdAt, deadReason } of rows) {
      const key = { tenantId: scope.tenantId, destinationId: id }
      const stream = { isActive: state === 'active', nextSeq, createdAt }
      const outcome = deadReason === null ? await judge(tx, key, stream, seq) : 'dead'
      const name = destinationKind(kind).open(config).describe()
      deliveries.push({ destinationId: id, name, outcome, reason: deadReason })
    }
    return deliveries
  })
}

function sameDestination(table: typeof deliveryStreams | typeof deliveryDead) {
  return and(eq(table.tenantId, destinations.tenantId), eq(table.destinationId, destinations.id))
}

type Stream = { isActive: boolean; nextSeq: number; createdAt: Date }

/** By the filter that was in force at that place of the trail, as the delivery itself judges, and by the cursor. */
async function judge(tx: Transaction, key: StreamKey, stream: Stream, seq: number): Promise<DeliveryOutcome> {
  const inForce = await filterAt(tx, key, seq)
  const [event] = await tx
    .select({ receivedAt: events.receivedAt })
    .from(events)
    .where(and(...matchingEvents(key, inForce?.filter ?? {}), eq(events.seq, seq)))
  if (!event) return 'not_matched'
  if (seq >= stream.nextSeq) return stream.isActive ? 'pending' : 'waiting'
  // A destination that reads "from now on" begins with its cursor behind everything that was there before.
  if (event.receivedAt.getTime() > stream.createdAt.getTime() + BEGINNING_MS) return 'sent'
  return (await wasInBatch(tx, key, seq)) ? 'sent' : 'before'
}

async function wasInBatch(tx: Transaction, key: StreamKey, seq: number): Promise<boolean> {
  const [batch] = await tx
    .select({ one: sql`1` })
    .from(deliveryBatches)
    .where(
      and(
        eq(deliveryBatches.tenantId, key.tenantId),
        eq(deliveryBatches.destinationId, key.destinationId),
        eq(deliveryBatches.state, 'done'),
        lte(deliveryBatches.firstSeq, seq),
        gte(deliveryBatches.lastSeq, seq),
      ),
    )
    .limit(1)
  return batch !== undefined
}
