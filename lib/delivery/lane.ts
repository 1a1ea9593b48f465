import { sql } from 'drizzle-orm'
import { executePrepared } from '@/db/execute-prepared'
import type { StreamKey } from './matching-events'

/** So long a receiver may take to acknowledge what it took; then the same batch is sent again. */
export const ACK_SECONDS = 300
/** Batches of a stream that may await their acknowledgement at a time. */
export const MAX_IN_FLIGHT = 8

/** A batch that the receiver took and did not acknowledge yet; without `ackId` it did, before those in front of it. */
export type Awaiting = {
  idempotencyKey: string
  firstSeq: number
  /** Inclusive. */
  lastSeq: number
  events: number
  ackId: string | null
  isOverdue: boolean
  /** Since it was taken. */
  ageMs: number
}

/** Events that a person has sent again, of `fromSeq <= seq < toSeq`. */
export type Replay = { id: string; toSeq: number; onlyDead: boolean }

/** A cursor over the trail: the stream's own, or that of a replay, which uses the same lease. */
export type Lane = {
  replay: Replay | null
  /** Everything below is decided. */
  nextSeq: number
  /** In the order of the trail. */
  awaiting: readonly Awaiting[]
}

/** Where a lane's next batch begins, and where it must end: behind what awaits, or in a gap among it. */
export function placeIn({ nextSeq, awaiting, replay }: Lane): { from: number; before: number } {
  let from = nextSeq
  for (const { firstSeq, lastSeq } of awaiting) {
    if (firstSeq > from) return { from, before: firstSeq }
    from = Math.max(from, lastSeq + 1)
  }
  return { from, before: replay?.toSeq ?? Number.POSITIVE_INFINITY }
}

/**
 * Whether another batch may be sent before the receiver acknowledges one. While it is ailing it gets one at a time.
 * What fills a gap is waited for by those behind it that are acknowledged already, so these keep it from nothing.
 */
export function hasRoomInFlight(lane: Lane, isHealthy: boolean): boolean {
  const { from } = placeIn(lane)
  const hasGap = lane.awaiting.some(({ firstSeq }) => firstSeq > from)
  const counted = hasGap ? lane.awaiting.filter(({ ackId }) => ackId !== null) : lane.awaiting
  return counted.length < (isHealthy ? MAX_IN_FLIGHT : 1)
}

/** The batches of a lane that await their acknowledgement. */
export async function readAwaiting(
  { tenantId, destinationId }: StreamKey,
  replay: Replay | null,
): Promise<Awaiting[]> {
  return executePrepared<Awaiting>(
    'deliver',
    sql`select idempotency_key as "idempotencyKey", first_seq as "firstSeq", last_seq as "lastSeq", events, ack_id as "ackId",
      coalesce(ack_deadline <= now(), false) as "isOverdue",
      coalesce(${ACK_SECONDS}::int - extract(epoch from ack_deadline - now()), 0)::float8 * 1000 as "ageMs"
    from delivery_batches where tenant_id = ${tenantId}::uuid and destination_id = ${destinationId}::uuid
      and state = 'awaiting_ack' and replay_id is not distinct from ${replay?.id ?? null}::uuid
    order by first_seq`,
  )
}

const FIRST_POLL_MS = 1_000
const MAX_POLL_MS = 10_000

/** When to ask for acknowledgements again: soon after a batch was taken, then ever more rarely. */
export function nextPollMs(awaiting: readonly Awaiting[]): number {
  const ages = awaiting.filter(({ ackId }) => ackId !== null).map(({ ageMs }) => ageMs)
  return Math.min(MAX_POLL_MS, Math.max(FIRST_POLL_MS, Math.min(...ages) / 2))
}
