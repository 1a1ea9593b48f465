import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryBatches, deliverySkips } from '@/db/schema/delivery'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { revokeLease } from '@/lib/delivery/revoke-lease'
import { dueAfresh } from '@/lib/delivery/schedule'
import { withCompanions } from './companion-keys'
import { changeStream, lockStream, type StreamRow } from './find-stream'

export type Move = { toSeq: number; reason: string; requestedBy: string }

/**
 * Sets a locked stream's place forwards and writes down what it leaves out. Whoever is sending for it loses its
 * lease, so that nothing is set back; what was frozen is planned anew. Replays go on as they are.
 */
export async function moveStream(
  tx: Transaction,
  { tenantId, destinationId, nextSeq }: Pick<StreamRow, 'tenantId' | 'destinationId' | 'nextSeq'>,
  { toSeq, reason, requestedBy }: Move,
): Promise<void> {
  const key: StreamKey = { tenantId, destinationId }
  await revokeLease(tx, key)
  await changeStream(tx, key, { nextSeq: toSeq, dueAt: dueAfresh })
  await putAsideBatches(tx, key, null)
  await tx.insert(deliverySkips).values({ ...key, fromSeq: nextSeq, toSeq, reason, requestedBy })
}

/** What was frozen for a stream, or for a replay of it, is not sent any more. */
export async function putAsideBatches(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  replayId: string | null,
): Promise<void> {
  const b = deliveryBatches
  await tx
    .update(b)
    .set({ state: 'replaced', settledAt: sql`now()` })
    .where(
      and(
        eq(b.tenantId, tenantId),
        eq(b.destinationId, destinationId),
        replayId === null ? isNull(b.replayId) : eq(b.replayId, replayId),
        inArray(b.state, ['planned', 'awaiting_ack']),
      ),
    )
}

/** Sets the places of a stream and of its companions, as far as they are not there yet. */
export async function moveWithCompanions(tx: Transaction, key: StreamKey, move: Move): Promise<void> {
  for (const each of await withCompanions(tx, key)) {
    const stream = await lockStream(tx, each)
    if (stream.nextSeq < move.toSeq) await moveStream(tx, stream, move)
  }
}

/** The place of the next event, which nobody else can take until the transaction ends only if we appended in it. */
export async function readTrailEnd(tx: Transaction, tenantId: string): Promise<number> {
  const [head] = await tx.execute<{ end: number }>(
    sql`select next_seq::float8 as end from trail_heads where tenant_id = ${tenantId}`,
  )
  return head?.end ?? 0
}
