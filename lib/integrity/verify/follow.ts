import { hashRanges, tileKey, tilesOfRanges } from '@/lib/integrity/tree/hash-ranges'
import { consistencyRanges } from '@/lib/integrity/tree/proof-ranges'
import { binaryOf } from './encoding'
import { fetchCheckpoint } from './fsck'
import { isConsistent } from './merkle'
import { type OpenCheckpoint, openCheckpoint, type Verifier } from './open-checkpoint'
import type { Hash } from './primitives'
import { refuse } from './refusal'
import { type FetchResource, fetchTile } from './served-tile'

const HASH_BYTES = 32

/** Makes the proof from the log's own tiles; whether it proves anything is for the verifier to say. */
async function fetchConsistency(fetchResource: FetchResource, from: number, to: number): Promise<Hash[]> {
  const ranges = consistencyRanges(from, to)
  const tiles = await Promise.all(
    tilesOfRanges(ranges, to).map(async (tile): Promise<[string, Uint8Array]> => {
      const data = await fetchTile(fetchResource, tile.level, tile.index, tile.width)
      if (!data || data.length < tile.width * HASH_BYTES)
        return refuse('not_served', `Tile ${tile.index} of level ${tile.level} is not there, or too short.`)
      return [tileKey(tile), data]
    }),
  )
  return hashRanges(ranges, new Map(tiles)).map(binaryOf)
}

export type Step = { note: string; checkpoint: OpenCheckpoint; previous?: OpenCheckpoint }

/**
 * One step of watching a log: its checkpoint now, which must continue the one of `previousNote`. The caller keeps
 * `note` for the next step. Refuses with `fork` or `rolled_back` if the log took something back.
 */
export async function followLog(
  previousNote: string | undefined,
  fetchResource: FetchResource,
  verifier: Verifier,
): Promise<Step> {
  const { note, checkpoint } = await fetchCheckpoint(fetchResource, verifier)
  if (previousNote === undefined) return { note, checkpoint }
  const previous = await openCheckpoint(previousNote, verifier, 'The checkpoint that was kept')
  if (previous.origin !== checkpoint.origin)
    refuse(
      'unknown_log',
      `The kept checkpoint is of ${previous.origin}, the served one of ${checkpoint.origin}.`,
    )
  if (checkpoint.size < previous.size)
    refuse('rolled_back', `The log had ${previous.size} events and now says ${checkpoint.size}.`)
  const proof =
    checkpoint.size > previous.size
      ? await fetchConsistency(fetchResource, previous.size, checkpoint.size)
      : []
  if (!isConsistent(verifier.primitives.sha256, previous, checkpoint, proof))
    refuse('fork', `The tree of ${checkpoint.size} events does not continue that of ${previous.size}.`)
  return { note, checkpoint, previous }
}
