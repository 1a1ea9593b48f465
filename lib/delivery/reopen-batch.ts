import { and, eq } from 'drizzle-orm'
import { type Database, database } from '@/db/client'
import { deliveryBatches } from '@/db/schema/delivery'
import { canonicalJson } from '@/lib/integrity/jcs'
import type { DestinationKind, Settings } from './destinations/contract'
import { filterOfVersion } from './filter-at'
import { encodeEvents, type FrozenBatch } from './frozen-batch'
import type { LeasedStream } from './lease-stream'
import type { StreamKey } from './matching-events'
import { readEvents } from './read-events'
import { settleBatch } from './settle-batch'
import { updateLeased } from './update-leased'

type BatchRow = typeof deliveryBatches.$inferSelect

export type Reopened =
  | { step: 'batch'; batch: FrozenBatch; stream: LeasedStream }
  | { step: 'none' }
  | { step: 'lost' }

/**
 * The stream's open batch with the very bytes of its first try, made again from the trail. Where that can't be,
 * because a person chose another body or a newer Spoor writes other bytes, it is planned anew under a new key.
 */
export async function reopenBatch(
  stream: LeasedStream,
  kind: DestinationKind,
  format: Settings,
): Promise<Reopened> {
  const db = database('deliver')
  const row = await findOpenBatch(db, stream)
  if (!row) return { step: 'none' }
  const isCurrent = row.firstSeq === stream.nextSeq && isSameFormat(row, kind, format)
  const batch = isCurrent ? await rebuild(db, stream, kind, row) : undefined
  return db.transaction(async (tx) => {
    const held = await updateLeased(tx, stream, {}, { keepLease: true })
    if (!held) return { step: 'lost' }
    if (batch) return { step: 'batch', batch, stream: held }
    await settleBatch(tx, stream, row.idempotencyKey, 'replaced')
    return { step: 'none' }
  })
}

async function findOpenBatch(
  db: Database,
  { tenantId, destinationId }: StreamKey,
): Promise<BatchRow | undefined> {
  const [row] = await db
    .select()
    .from(deliveryBatches)
    .where(
      and(
        eq(deliveryBatches.tenantId, tenantId),
        eq(deliveryBatches.destinationId, destinationId),
        eq(deliveryBatches.state, 'planned'),
      ),
    )
  return row
}

async function rebuild(
  db: Database,
  stream: StreamKey,
  kind: DestinationKind,
  row: BatchRow,
): Promise<FrozenBatch | undefined> {
  const events = await readEvents(db, stream, {
    filter: await filterOfVersion(db, stream, row.filterVersion),
    from: row.firstSeq,
    before: row.lastSeq + 1,
    maxEvents: row.events,
    // The bodies alone are never more than the batch was.
    maxBytes: row.bytes + 1,
  })
  const format = row.format as Settings
  const { checkpoint } = row
  // Planned by a Spoor that had no checkpoints yet.
  if (checkpoint === null) return undefined
  const encoded = encodeEvents(kind, format, events, checkpoint)
  return encoded.sha256.equals(row.sha256) ? { ...row, ...encoded, format, checkpoint } : undefined
}

function isSameFormat(row: BatchRow, kind: DestinationKind, format: Settings): boolean {
  return row.formatVersion === kind.formatVersion && canonicalJson(row.format) === canonicalJson(format)
}
