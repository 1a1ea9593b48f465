import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { deliveryAttempts } from '@/db/schema/delivery'
import type { FrozenBatch } from './frozen-batch'
import type { StreamKey } from './matching-events'
import type { Outcome } from './outcome'

export type Attempt = {
  id: string
  trigger: 'auto' | 'manual' | 'replay' | 'test'
  /** The ruling, `superseded` where the lease was lost, or the verdict of a test. */
  outcome: string
  told: Outcome
  batch?: FrozenBatch | undefined
  /** How long until the next one. */
  delayMs?: number | undefined
}

/** Writes down one try. */
export async function insertAttempt(
  tx: Database,
  { tenantId, destinationId }: StreamKey,
  { id, trigger, outcome, told, batch, delayMs }: Attempt,
): Promise<void> {
  await tx.insert(deliveryAttempts).values({
    tenantId,
    destinationId,
    id,
    trigger,
    outcome,
    idempotencyKey: batch?.idempotencyKey,
    firstSeq: batch?.firstSeq,
    lastSeq: batch?.lastSeq,
    events: batch?.events ?? 0,
    request: told.request,
    status: told.status,
    ms: told.ms,
    message: told.message,
    answer: told.answer,
    retryAt: delayMs === undefined ? null : sql`now() + ${delayMs} * interval '1 ms'`,
  })
}
