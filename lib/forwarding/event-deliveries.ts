import { and, eq, gt, isNull, lte } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import {
  deliveryDead,
  deliveryReplays,
  deliverySkips,
  deliveryStreams,
  destinations,
} from '@/db/schema/delivery'
import { events } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { type DestinationRole, roleOf } from '@/lib/delivery/destinations/roles'
import { filterAt } from '@/lib/delivery/filter-at'
import { matchingEvents, type StreamKey } from '@/lib/delivery/matching-events'

/**
 * What became of an event at a destination. `before` the destination began, `not_matched` by its filter, `dead` is
 * set aside for good, `skipped` because a person said so, `counted` by a channel's threshold, which may have told of it
 * with others, `waiting` while the destination is paused or disabled, else
 * `pending`.
 */
export type DeliveryOutcome =
  | 'before'
  | 'not_matched'
  | 'pending'
  | 'waiting'
  | 'sent'
  | 'counted'
  | 'dead'
  | 'skipped'

export type EventDelivery = {
  /** The destination's own, or of the one that it goes along with. */
  destinationId: string
  role: DestinationRole
  name: string
  outcome: DeliveryOutcome
  /** Why it is dead or was skipped, in the receiver's words or a person's. */
  reason: string | null
}

/** Where the event at `seq` went, by destination and channel, oldest first. Reads cursors and filters, and no bodies. */
export async function listEventDeliveries(scope: TenantScope, seq: number): Promise<EventDelivery[]> {
  requirePermission(scope, 'destinations:read')
  return inTenant(scope, async (tx) => {
    const rows = await tx
      .select({
        id: destinations.id,
        kind: destinations.kind,
        config: destinations.config,
        state: deliveryStreams.state,
        startSeq: deliveryStreams.startSeq,
        nextSeq: deliveryStreams.nextSeq,
        companionOf: destinations.companionOf,
        deadReason: deliveryDead.reason,
      })
      .from(destinations)
      .innerJoin(deliveryStreams, sameDestination(deliveryStreams))
      .leftJoin(deliveryDead, isDeadAt(seq))
      .where(and(eq(destinations.tenantId, scope.tenantId), isNull(destinations.removedAt)))
      .orderBy(destinations.createdAt, destinations.id)
    const deliveries: EventDelivery[] = []
    for (const { id, kind, config, deadReason, companionOf, ...stream } of rows) {
      const key = { tenantId: scope.tenantId, destinationId: id }
      const opened = destinationKind(kind).open(config)
      const judged: Judged =
        deadReason === null
          ? await judge(tx, key, { ...stream, counts: opened.rule !== undefined }, seq)
          : { outcome: 'dead', reason: deadReason }
      const name = opened.describe()
      const role = roleOf({ kind, companionOf })
      deliveries.push({ destinationId: companionOf ?? id, role, name, ...judged })
    }
    return deliveries
  })
}

function sameDestination(table: typeof deliveryStreams | typeof deliveryDead) {
  return and(eq(table.tenantId, destinations.tenantId), eq(table.destinationId, destinations.id))
}

/** A dead letter that no replay has got through since. */
const isDeadAt = (seq: number) =>
  and(sameDestination(deliveryDead), eq(deliveryDead.seq, seq), isNull(deliveryDead.resolvedAt))

/** `counts`: a threshold decides what is told. */
type Stream = { state: string; startSeq: number; nextSeq: number; counts: boolean }
type Judged = Pick<EventDelivery, 'outcome' | 'reason'>

const plainly = (outcome: DeliveryOutcome): Judged => ({ outcome, reason: null })

/** By the filter that was in force at that place of the trail, as the delivery itself judges, and by the cursor. */
async function judge(tx: Transaction, key: StreamKey, stream: Stream, seq: number): Promise<Judged> {
  const inForce = await filterAt(tx, key, seq)
  const [event] = await tx
    .select({ seq: events.seq })
    .from(events)
    .where(and(...matchingEvents(key, inForce?.filter ?? {}), eq(events.seq, seq)))
  if (!event) return plainly('not_matched')
  if (seq >= stream.nextSeq) return plainly(stream.state === 'active' ? 'pending' : 'waiting')
  const skip = await findSkip(tx, key, seq)
  if (seq >= stream.startSeq && !skip) return plainly(stream.counts ? 'counted' : 'sent')
  if (await wasReplayed(tx, key, seq)) return plainly('sent')
  return skip ? { outcome: 'skipped', reason: skip.reason } : plainly('before')
}

async function findSkip(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  seq: number,
): Promise<{ reason: string } | undefined> {
  const [skip] = await tx
    .select({ reason: deliverySkips.reason })
    .from(deliverySkips)
    .where(
      and(
        eq(deliverySkips.tenantId, tenantId),
        eq(deliverySkips.destinationId, destinationId),
        lte(deliverySkips.fromSeq, seq),
        gt(deliverySkips.toSeq, seq),
      ),
    )
    .limit(1)
  return skip
}

/** Whether a replay of everything within its range has come past it. */
async function wasReplayed(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  seq: number,
): Promise<boolean> {
  const r = deliveryReplays
  const [replay] = await tx
    .select({ id: r.id })
    .from(r)
    .where(
      and(
        eq(r.tenantId, tenantId),
        eq(r.destinationId, destinationId),
        eq(r.onlyDead, false),
        lte(r.fromSeq, seq),
        gt(r.nextSeq, seq),
      ),
    )
    .limit(1)
  return replay !== undefined
}
