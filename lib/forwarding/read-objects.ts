import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryBatches } from '@/db/schema/delivery'
import { deliveryDigests } from '@/db/schema/delivery-digests'
import type { StreamKey } from '@/lib/delivery/matching-events'

const MAX_OBJECTS = 20

/** An object that a storage has got; `sha256` is hex, of what it is before any compression. */
export type ObjectView = {
  objectKey: string
  firstSeq: number
  lastSeq: number
  events: number
  bytes: number
  sha256: string
  storedAt: Date | null
}

/** The latest signed list of objects. `failMessage` says why it is not stored yet. */
export type DigestView = {
  number: number
  objectKey: string
  objects: number
  state: 'planned' | 'done'
  storedAt: Date | null
  failMessage: string | null
}

/** The objects that were stored last, latest first; none where a kind stores none. */
export async function readObjects(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
): Promise<ObjectView[]> {
  const b = deliveryBatches
  const rows = await tx
    .select({
      objectKey: b.objectKey,
      firstSeq: b.firstSeq,
      lastSeq: b.lastSeq,
      events: b.events,
      bytes: b.bytes,
      sha256: sql<string>`encode(${b.sha256}, 'hex')`,
      storedAt: b.settledAt,
    })
    .from(b)
    .where(
      and(
        eq(b.tenantId, tenantId),
        eq(b.destinationId, destinationId),
        eq(b.state, 'done'),
        isNotNull(b.objectKey),
      ),
    )
    .orderBy(desc(b.settledAt))
    .limit(MAX_OBJECTS)
  return rows.map((row) => ({ ...row, objectKey: row.objectKey ?? '' }))
}

export async function readLatestDigest(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
): Promise<DigestView | null> {
  const g = deliveryDigests
  const [row] = await tx
    .select({
      number: g.number,
      objectKey: g.objectKey,
      objects: g.objects,
      state: g.state,
      storedAt: g.storedAt,
      failMessage: g.failMessage,
    })
    .from(g)
    .where(and(eq(g.tenantId, tenantId), eq(g.destinationId, destinationId)))
    .orderBy(desc(g.number))
    .limit(1)
  return row ?? null
}
