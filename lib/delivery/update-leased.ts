import { and, eq, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Database } from '@/db/client'
import { deliveryStreams } from '@/db/schema/delivery'
import { LEASE_SECONDS, type LeasedStream } from './lease-stream'

export type StreamChanges = PgUpdateSetSource<typeof deliveryStreams>

/**
 * Changes a stream only while the lease is ours, and renews or ends the lease. Undefined means that the lease was
 * lost: somebody else answers for the stream now, so nothing that we did may count.
 */
export async function updateLeased(
  db: Database,
  stream: LeasedStream,
  changes: StreamChanges,
  { keepLease }: { keepLease: boolean },
): Promise<LeasedStream | undefined> {
  const lease = keepLease
    ? { leaseUntil: sql`now() + ${LEASE_SECONDS} * interval '1 s'` }
    : { leaseToken: null, leaseUntil: null }
  const [row] = await db
    .update(deliveryStreams)
    .set({ ...lease, ...changes })
    .where(
      and(
        eq(deliveryStreams.tenantId, stream.tenantId),
        eq(deliveryStreams.destinationId, stream.destinationId),
        eq(deliveryStreams.leaseToken, stream.leaseToken),
      ),
    )
    .returning({
      nextSeq: deliveryStreams.nextSeq,
      batchLimit: deliveryStreams.batchLimit,
      consecutiveFailures: deliveryStreams.consecutiveFailures,
      deadRun: deliveryStreams.deadRun,
      state: deliveryStreams.state,
    })
  return row && { ...stream, ...row }
}
