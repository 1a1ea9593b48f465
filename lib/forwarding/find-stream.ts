import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryStreams } from '@/db/schema/delivery'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { dueAfresh } from '@/lib/delivery/schedule'
import { noSuchDestination } from './find-destination'

export type StreamRow = typeof deliveryStreams.$inferSelect

const isStream = ({ tenantId, destinationId }: StreamKey) =>
  and(eq(deliveryStreams.tenantId, tenantId), eq(deliveryStreams.destinationId, destinationId))

/** A destination's place in the trail. Throws `not_found`. */
export async function readStream(tx: Transaction, key: StreamKey): Promise<StreamRow> {
  const [row] = await tx.select().from(deliveryStreams).where(isStream(key))
  if (!row) throw noSuchDestination()
  return row
}

/** The same, locked until the transaction ends: no runner settles meanwhile. */
export async function lockStream(tx: Transaction, key: StreamKey): Promise<StreamRow> {
  const [row] = await tx.select().from(deliveryStreams).where(isStream(key)).for('update')
  if (!row) throw noSuchDestination()
  return row
}

export const changeStream = (
  tx: Transaction,
  key: StreamKey,
  changes: Parameters<ReturnType<typeof tx.update<typeof deliveryStreams>>['set']>[0],
) => tx.update(deliveryStreams).set(changes).where(isStream(key))

/**
 * Whatever made the last tries fail may be mended now: the next one comes at once, and with all that is there. Where none
 * failed, people are told at their times as before.
 */
export const AFRESH = {
  dueAt: dueAfresh,
  consecutiveFailures: 0,
  deadRun: 0,
  breaker: 'closed' as const,
  windowAt: null,
  windowTries: 0,
  windowFailures: 0,
}
