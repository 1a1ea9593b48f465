import { eq, sql } from 'drizzle-orm'
import { type Database, database } from '@/db/client'
import { deliveryBatches } from '@/db/schema/delivery'
import { logHeads } from '@/db/schema/logs'
import type { DestinationKind, Settings } from './destinations/contract'
import { filterAt } from './filter-at'
import { batchKey, encodeEvents, type FrozenBatch } from './frozen-batch'
import type { LeasedStream } from './lease-stream'
import { readEvents } from './read-events'
import { updateLeased } from './update-leased'

/** Events looked at for one batch: a filter that matches nothing gets through a million of them in 50 steps. */
const SCAN_WINDOW = 20_000

/** `advanced`: nothing in the window was for this stream, look on. `caught_up`: nothing left. `lost`: the lease. */
export type Plan =
  | { step: 'batch'; batch: FrozenBatch; stream: LeasedStream }
  | { step: 'advanced'; stream: LeasedStream }
  | { step: 'caught_up' }
  | { step: 'lost' }

/**
 * Freezes the stream's next batch and writes it down before anything is sent. Reads a bounded window of the
 * trail under the one filter version that judges it; what the filter leaves out is decided by moving on.
 */
export async function planBatch(
  stream: LeasedStream,
  kind: DestinationKind,
  format: Settings,
): Promise<Plan> {
  const db = database('deliver')
  const inForce = await filterAt(db, stream, stream.nextSeq)
  if (!inForce || inForce.before <= stream.nextSeq) return { step: 'caught_up' }
  const { filter, version } = inForce
  const before = Math.min(inForce.before, stream.nextSeq + SCAN_WINDOW)
  const maxEvents = Math.min(stream.batchLimit, kind.maxEvents)
  const range = { filter, from: stream.nextSeq, before, maxEvents, maxBytes: kind.maxBytes }
  const events = await readEvents(db, stream, range)
  if (events.length === 0) {
    const moved = await updateLeased(db, stream, { nextSeq: before }, { keepLease: true })
    return moved ? { step: 'advanced', stream: moved } : { step: 'lost' }
  }
  const checkpoint = await readCheckpoint(db, stream.tenantId)
  const encoded = encodeEvents(kind, format, events, checkpoint)
  const lastSeq = encoded.seqs.at(-1) ?? stream.nextSeq
  const batch: FrozenBatch = {
    ...encoded,
    idempotencyKey: batchKey(stream.destinationId, stream.nextSeq, lastSeq, encoded.sha256),
    firstSeq: stream.nextSeq,
    lastSeq,
    filterVersion: version,
    formatVersion: kind.formatVersion,
    format,
    checkpoint,
  }
  const held = await db.transaction((tx) => insertBatch(tx, stream, batch))
  return held ? { step: 'batch', batch, stream: held } : { step: 'lost' }
}

/** Read after the events, so it covers them all: streams read only what is sealed. */
async function readCheckpoint(db: Database, tenantId: string): Promise<string> {
  const [head] = await db
    .select({ note: logHeads.note })
    .from(logHeads)
    .where(eq(logHeads.tenantId, tenantId))
  if (!head) throw new Error(`Tenant ${tenantId} has no log although a stream of its reads sealed events.`)
  return head.note
}

/** The same batch may be planned again after an edit was taken back: its row opens again. */
async function insertBatch(
  tx: Database,
  stream: LeasedStream,
  batch: FrozenBatch,
): Promise<LeasedStream | undefined> {
  const held = await updateLeased(tx, stream, {}, { keepLease: true })
  if (!held) return undefined
  const { seqs, body, ...frozen } = batch
  await tx
    .insert(deliveryBatches)
    .values({
      ...frozen,
      tenantId: stream.tenantId,
      destinationId: stream.destinationId,
      events: seqs.length,
      bytes: body.length,
    })
    .onConflictDoUpdate({
      target: [deliveryBatches.tenantId, deliveryBatches.destinationId, deliveryBatches.idempotencyKey],
      set: { state: sql`'planned'`, settledAt: sql`null` },
    })
  return held
}
