import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { deliveryBatches } from '@/db/schema/delivery'
import type { StreamKey } from './matching-events'

type BatchState = (typeof deliveryBatches.$inferSelect)['state']

/** Puts down what became of a batch, or one more attempt at it if it stays `planned`. */
export async function settleBatch(
  tx: Database,
  { tenantId, destinationId }: StreamKey,
  idempotencyKey: string,
  state: BatchState,
): Promise<void> {
  const open = state === 'planned'
  await tx
    .update(deliveryBatches)
    .set({
      // An edit may have put it aside while it was being sent, and then a failure must not open it again.
      ...(open ? {} : { state, settledAt: sql`now()` }),
      ...(state === 'replaced' ? {} : { attempts: sql`${deliveryBatches.attempts} + 1` }),
    })
    .where(
      and(
        eq(deliveryBatches.tenantId, tenantId),
        eq(deliveryBatches.destinationId, destinationId),
        eq(deliveryBatches.idempotencyKey, idempotencyKey),
      ),
    )
}
