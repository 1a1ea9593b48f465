import type { DigestRange, MayGoOn, RangeDigest } from './digest/digest-range'
import { readRangeDigest } from './digest/read-range-digest'
import { batchKey, encodeDigest } from './frozen-batch'
import { filterInForce, type Horizon } from './horizon'
import type { Lane } from './lane'
import type { StreamKey } from './matching-events'
import type { OpenStream } from './open-stream'
import type { Place, Prepared } from './prepare-batch'
import { readAlarms } from './rules/read-alarms'
import type { WindowChanges } from './rules/window-changes'

/** Counted for one message: some seconds' work. What is behind it comes in the next one. */
const MAX_DIGEST_POSITIONS = 5_000_000

/** What a lane's range says to people. Only what a stream sees for the first time counts for its rule. */
export function readTold(
  key: StreamKey,
  opened: OpenStream,
  lane: Lane,
  range: DigestRange,
  mayGoOn: MayGoOn,
): Promise<(RangeDigest & { windows?: WindowChanges }) | undefined> {
  const hasRule = opened.destination.rule && !lane.replay
  return hasRule ? readAlarms(key, opened, range, mayGoOn) : readRangeDigest(key, opened, range, mayGoOn)
}

/**
 * Makes a channel's next message, which nothing knows of yet: everything from `from` on that one filter version
 * judges, counted whole.
 */
export async function prepareDigest(
  key: StreamKey,
  opened: OpenStream,
  horizon: Horizon,
  { from, before, lane }: Pick<Place, 'from' | 'before' | 'lane'>,
  mayGoOn: MayGoOn,
): Promise<Prepared> {
  const inForce = filterInForce(horizon, from)
  const end = Math.min(horizon.readable, before)
  if (!inForce || from >= end) return { step: 'caught_up' }
  const { matches } = horizon
  const range = {
    matches,
    filter: inForce.filter,
    from,
    before: Math.min(inForce.before, end, from + MAX_DIGEST_POSITIONS),
  }
  const told = await readTold(key, opened, lane, range, mayGoOn)
  if (!told) return { step: 'stopped' }
  const { digest, to, windows } = told
  if (!digest) return { step: 'advance', to, ...(windows && { windows }) }
  const encoded = encodeDigest(digest)
  const replayId = lane.replay?.id ?? null
  return {
    step: 'batch',
    hasMore: to < end,
    ...(windows && { windows }),
    batch: {
      ...encoded,
      idempotencyKey: batchKey(key.destinationId, encoded, {
        firstSeq: from,
        ...(replayId && { replayId }),
      }),
      firstSeq: from,
      lastSeq: to - 1,
      filterVersion: inForce.version,
      formatVersion: opened.kind.formatVersion,
      format: opened.format,
      masking: opened.masking,
      matchGeneration: matches,
      checkpoint: horizon.checkpoint,
      objectKey: null,
      previousKey: null,
      previousSha256: null,
      replayId,
      mayHaveArrived: false,
    },
  }
}
