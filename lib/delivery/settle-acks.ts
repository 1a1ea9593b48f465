import { sql } from 'drizzle-orm'
import { deliveryStreams } from '@/db/schema/delivery'
import { insertAttempts } from './attempt-rows'
import type { Settings } from './destinations/contract'
import { countHour } from './hour-row'
import type { Awaiting, Lane } from './lane'
import type { LeasedStream } from './lease-stream'
import type { Outcome } from './outcome'
import { moveReplay, resolveDead } from './settle'
import { afterSuccess, type Bounds, sent } from './stream-changes'
import { runHeld, whileHeld } from './update-leased'

export type Acknowledged = {
  /** By their keys; those in front of them may still be missing. */
  keys: readonly string[]
  /** How that is known, for people. */
  message: string
  capabilities?: Settings
  bounds: Bounds
}

/**
 * Notes acknowledgements, and moves the cursor behind the longest run of batches that have theirs: they count as
 * delivered now. Gives the stream and the lane as they are then; undefined if the lease was lost.
 */
export async function settleAcks(
  stream: LeasedStream,
  lane: Lane,
  { keys, message, capabilities, bounds }: Acknowledged,
): Promise<{ stream: LeasedStream; lane: Lane } | undefined> {
  const known = new Set(keys)
  const awaiting = lane.awaiting.map((batch) =>
    known.has(batch.idempotencyKey) ? { ...batch, ackId: null, isOverdue: false } : batch,
  )
  const done = safePrefix(awaiting, lane.nextSeq)
  const nextSeq = (done.at(-1)?.lastSeq ?? lane.nextSeq - 1) + 1
  const events = done.reduce((sum, batch) => sum + batch.events, 0)
  const s = deliveryStreams
  const changes = {
    ...(capabilities && {
      capabilities: sql`${s.capabilities} || ${JSON.stringify(capabilities)}::text::jsonb`,
    }),
    ...(done.length > 0 && { ...afterSuccess(stream, bounds, 0), ...sent(done.length, events) }),
    ...(done.length > 0 && !lane.replay && { nextSeq }),
  }
  const told: Outcome = { verdict: 'delivered', message, ms: 0 }
  const parts = done.map((batch) => ({ ...batch, outcome: 'delivered' }))
  const counts = { sentBatches: done.length, sentEvents: events, failedAttempts: 0, deadEvents: 0 }
  const ids = (batches: readonly { idempotencyKey: string }[]) =>
    `{${batches.map(({ idempotencyKey }) => idempotencyKey).join(',')}}`
  const clauses = [
    sql`settled as (update delivery_batches b set ack_id = null, ack_deadline = null,
        state = case when b.idempotency_key = any (${ids(done)}::text[]) then 'done' else b.state end,
        settled_at = case when b.idempotency_key = any (${ids(done)}::text[]) then now() else b.settled_at end
      from held where b.tenant_id = ${stream.tenantId}::uuid and b.destination_id = ${stream.destinationId}::uuid
        and b.state = 'awaiting_ack'
        and b.idempotency_key = any (${ids(awaiting.filter(({ ackId }) => ackId === null))}::text[]))`,
    ...(done.length > 0
      ? [
          sql`attempts as (${insertAttempts(stream, parts, lane.replay ? 'replay' : 'auto', told, undefined)})`,
          sql`hours as (${countHour(stream, counts)})`,
        ]
      : []),
    ...(lane.replay && done.length > 0
      ? [
          sql`replayed as (${moveReplay(stream, lane.replay.id, nextSeq, events)})`,
          sql`resolved as (${resolveDead(stream, lane.nextSeq, nextSeq)})`,
        ]
      : []),
  ]
  const held = await runHeld(
    stream,
    sql`${whileHeld(stream, changes, { keepLease: true })}, ${sql.join(clauses, sql`, `)} select * from held`,
  )
  return held && { stream: held, lane: { ...lane, nextSeq, awaiting: awaiting.slice(done.length) } }
}

/** The batches from the cursor on that are acknowledged without a gap. */
function safePrefix(awaiting: readonly Awaiting[], nextSeq: number): Awaiting[] {
  const safe: Awaiting[] = []
  let from = nextSeq
  for (const batch of awaiting) {
    if (batch.ackId !== null || batch.firstSeq > from) break
    safe.push(batch)
    from = batch.lastSeq + 1
  }
  return safe
}
