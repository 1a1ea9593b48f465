import { ByteBudget, type Room } from './byte-budget'
import type { Tools } from './destinations/contract'
import { holdAfterError } from './hold-after-error'
import { leaseStream } from './lease-stream'
import type { StreamKey } from './matching-events'
import { openStream } from './open-stream'
import { Turn } from './turn'
import { updateLeased } from './update-leased'

/** Of bodies in memory at a time: eight objects of a storage, or a mebibyte for each turn. An event is there some four times. */
const MAX_BYTES_IN_FLIGHT = 64 * 1024 * 1024
const budget = new ByteBudget(MAX_BYTES_IN_FLIGHT)
/** A digest has some kilobytes, however many events it counts, and reads so much at a time of those that it lists. */
const DIGEST_BYTES = 1024 * 1024

/** A lease is renewed after so long a wait for room. */
const LATE_MS = 10_000

export type TurnTools = Tools & {
  /** No further batch once it is aborted. */
  stopping: AbortSignal
  /** Cuts a running send off. */
  cutOff: AbortSignal
}

export type TurnCounts = { leased: boolean; batches: number; events: number; failed: number }

/**
 * Serves one stream: leases it, sends its batches one after the other until it has caught up, failed, or had its
 * time, and gives the lease back. What was sent but not settled, for whatever reason, is sent again.
 */
export async function runTurn(key: StreamKey, tools: TurnTools): Promise<TurnCounts> {
  const stream = await leaseStream(key)
  const counts: TurnCounts = { leased: stream !== undefined, batches: 0, events: 0, failed: 0 }
  if (!stream) return counts
  const rooms: Room[] = []
  try {
    const opened = openStream(stream)
    const isChannel = opened.kind.role === 'channel'
    const maxBytes = isChannel ? DIGEST_BYTES : opened.destination.maxBytes
    const askedAt = performance.now()
    const room = await budget.take(maxBytes, tools.stopping, key.tenantId)
    if (room) rooms.push(room)
    const isLate = performance.now() - askedAt > LATE_MS
    // A send that outlived its lease would count for nothing, and be repeated by whoever has it then.
    const held = room && isLate ? await updateLeased(stream, {}, { keepLease: true }) : stream
    if (!room) await updateLeased(stream, {}, { keepLease: false })
    else if (held?.state === 'active') {
      const ahead = isChannel ? undefined : budget.tryTake(maxBytes, key.tenantId)
      if (ahead) rooms.push(ahead)
      await new Turn(held, { opened, tools, counts, mayReadAhead: ahead !== undefined }).serve()
    }
  } catch (error) {
    counts.failed++
    await holdAfterError(stream, error)
  } finally {
    for (const room of rooms) room.release()
  }
  return counts
}
