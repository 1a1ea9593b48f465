import { database } from '@/db/client'
import { canonicalJson } from '@/lib/integrity/jcs'
import type { ForwardedEvent } from './forwarded-event'
import { freeObjectKey } from './free-object-key'
import { batchKey, encodeEvents, type FrozenBatch } from './frozen-batch'
import { filterInForce, type Horizon } from './horizon'
import type { Lane } from './lane'
import type { StreamKey } from './matching-events'
import type { OpenStream } from './open-stream'
import type { PreviousObject } from './previous-object'
import { endOfDead, readEvents } from './read-events'
import type { WindowChanges } from './rules/window-changes'
import { showEvents } from './show-events'

/** Events looked at for one batch: a filter that matches nothing gets through a million of them in 50 steps. */
const SCAN_WINDOW = 20_000

export type Place = {
  lane: Lane
  /** Where the batch begins, and before which it ends. */
  from: number
  before: number
  maxEvents: number
  /** The object before it, where batches become objects. */
  previous: PreviousObject | undefined
}

/**
 * `advance`: nothing before `to` is for this stream. `hasMore`: more is known to wait behind it. `windows`: what a rule
 * learned, for the commit that moves the cursor. `stopped`: the lease was lost, or we are told to stop.
 */
export type Prepared =
  | { step: 'batch'; batch: FrozenBatch; hasMore: boolean; windows?: WindowChanges }
  | { step: 'advance'; to: number; windows?: WindowChanges }
  | { step: 'caught_up' }
  | { step: 'stopped' }

/**
 * Makes a lane's next batch, which nothing knows of yet. Reads a bounded window of the trail under the one filter
 * version that judges it; the batch covers what the filter leaves out of it.
 */
export async function prepareBatch(
  key: StreamKey,
  opened: OpenStream,
  horizon: Horizon,
  place: Place,
): Promise<Prepared> {
  const { from, maxEvents, lane } = place
  const { kind, destination, format, masking, secrets } = opened
  const inForce = filterInForce(horizon, from)
  const end = Math.min(horizon.readable, place.before)
  if (!inForce || from >= end) return { step: 'caught_up' }
  // Dead letters are found by themselves, without looking at what is between them.
  const scanned = lane.replay?.onlyDead
    ? await endOfDead(database('deliver'), key, from, maxEvents)
    : from + Math.max(SCAN_WINDOW, maxEvents)
  const before = Math.min(inForce.before, end, scanned)
  const { maxBytes } = destination
  const events = await readEvents(database('deliver'), key, {
    filter: inForce.filter,
    from,
    before,
    maxEvents,
    maxBytes,
    onlyDead: lane.replay?.onlyDead ?? false,
  })
  if (events.length === 0) return { step: 'advance', to: before }
  const { matches } = horizon
  const shown = await showEvents(key, events, { masking, secrets, matches })
  const encoded = encodeEvents(kind, format, shown, maxBytes, horizon.checkpoint)
  const isCut =
    encoded.seqs.length < events.length || events.length === maxEvents || hasBytes(events, maxBytes)
  const lastSeq = isCut ? (encoded.seqs.at(-1) ?? from) : before - 1
  const firstSeq = firstSeqOf(place)
  const replayId = lane.replay?.id
  const { firstReceivedAt } = encoded
  const range = { firstSeq, lastSeq, firstReceivedAt, format, ...(replayId && { replayId }) }
  const objectKey = await freeObjectKey(key, destination, range, encoded.sha256)
  return {
    step: 'batch',
    hasMore: lastSeq + 1 < end,
    batch: {
      ...encoded,
      idempotencyKey: batchKey(key.destinationId, encoded, {
        firstSeq,
        ...(replayId && { replayId }),
        ...(objectKey && { object: `${objectKey}\n${canonicalJson(format)}` }),
      }),
      firstSeq,
      lastSeq,
      filterVersion: inForce.version,
      formatVersion: kind.formatVersion,
      format,
      masking,
      matchGeneration: matches,
      checkpoint: horizon.checkpoint,
      objectKey: objectKey ?? null,
      previousKey: place.previous?.objectKey ?? null,
      previousSha256: place.previous?.sha256 ?? null,
      replayId: replayId ?? null,
      mayHaveArrived: false,
    },
  }
}

/** Objects follow on each other without a gap: one also covers what was left out since the one before it. */
function firstSeqOf({ from, previous }: Place): number {
  return previous && previous.adjoinsFrom <= from ? Math.max(previous.adjoinsFrom, 0) : from
}

/** Whether the reader stopped because of their size. */
function hasBytes(events: readonly ForwardedEvent[], maxBytes: number): boolean {
  let bytes = 0
  for (const { body } of events) bytes += Buffer.byteLength(body)
  return bytes >= maxBytes
}
