import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryBatches } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { withCompanions } from './companion-keys'
import { type DestinationView, readDestinations } from './destination-view'
import { noSuchDestination, readDestination } from './find-destination'
import { type AttemptView, readAttempts } from './list-attempts'
import { type DeadLetterView, readDeadLetters } from './list-dead-letters'
import { type ReplayView, readReplays } from './list-replays'
import { readNextSyncAt } from './next-sync'
import { type DigestView, type ObjectView, readLatestDigest, readObjects } from './read-objects'
import { readSkips, type SkipView } from './read-skips'

/** Taken by the receiver, and not safe yet. */
export type AwaitingAcks = { batches: number; events: number }

/** A destination with the latest of everything that happened to it. */
export type DestinationDetail = DestinationView & {
  attempts: AttemptView[]
  deadLetters: DeadLetterView[]
  replays: ReplayView[]
  skips: SkipView[]
  awaitingAcks: AwaitingAcks
  /** Where it stores objects: the latest, and the latest signed list of them. */
  objects: ObjectView[]
  digest: DigestView | null
  /** When what it collects goes next; null where events go at once. */
  nextSyncAt: Date | null
  /** What goes along with it, such as e-mails about what a storage gets. */
  companion: DestinationView | null
}

/** One destination or channel with its statistics and its latest history. Throws `not_found`. */
export async function getDestination(
  scope: TenantScope,
  id: string,
  role?: DestinationRole,
): Promise<DestinationDetail> {
  requirePermission(scope, 'destinations:read')
  const key = { tenantId: scope.tenantId, destinationId: id }
  return inTenant(scope, async (tx) => {
    const { kind, config } = await readDestination(tx, scope, { id, role })
    // Others have batches by the million, and would be searched for objects in vain.
    const storesObjects = destinationKind(kind).open(config).objectKey !== undefined
    const [view] = await readDestinations(tx, scope, { id })
    if (!view) throw noSuchDestination(role)
    return {
      ...view,
      attempts: (await readAttempts(tx, key)).attempts,
      deadLetters: (await readDeadLetters(tx, key)).deadLetters,
      replays: await readReplays(tx, key),
      skips: await readSkips(tx, key),
      awaitingAcks: await countAwaiting(tx, key),
      objects: storesObjects ? await readObjects(tx, key) : [],
      digest: await readLatestDigest(tx, key),
      nextSyncAt: await readNextSyncAt(tx, key),
      companion: await readCompanion(tx, scope, key),
    }
  })
}

async function readCompanion(
  tx: Transaction,
  scope: TenantScope,
  key: StreamKey,
): Promise<DestinationView | null> {
  const [, companion] = await withCompanions(tx, key)
  const [view] = companion ? await readDestinations(tx, scope, { id: companion.destinationId }) : []
  return view ?? null
}

async function countAwaiting(tx: Transaction, { tenantId, destinationId }: StreamKey): Promise<AwaitingAcks> {
  const [found] = await tx
    .select({
      batches: sql<number>`count(*)::int`,
      events: sql<number>`coalesce(sum(${deliveryBatches.events}), 0)::int`,
    })
    .from(deliveryBatches)
    .where(
      and(
        eq(deliveryBatches.tenantId, tenantId),
        eq(deliveryBatches.destinationId, destinationId),
        eq(deliveryBatches.state, 'awaiting_ack'),
      ),
    )
  return found ?? { batches: 0, events: 0 }
}
