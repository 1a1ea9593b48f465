import { type OpenCheckpoint, openCheckpoint, type Verifier } from './open-checkpoint'
import type { Hash } from './primitives'
import { refuse } from './refusal'
import { RootAccumulator } from './root-accumulator'
import { checkEntry, splitEntries } from './served-entries'
import { type FetchResource, fetchTile, hashesOf, TILE_HASHES } from './served-tile'
import type { Skips } from './skips'
import { TileLevels } from './tile-levels'
import { TimeRules } from './time-rules'

/** Tiles that are asked for at once: the way to the server and back is what takes the time. */
const AHEAD = 8
const MAX_NOTE_BYTES = 1024 * 1024

export type FsckReport = {
  checkpoint: OpenCheckpoint
  tiles: number
  /** Entries whose text was served and checked; after retention those before it are gone. */
  entries: number
}

type Fetched = { index: number; width: number; tile?: Uint8Array; entries?: Uint8Array }

/** The log's checkpoint as it is served, and what it says. */
export async function fetchCheckpoint(
  fetchResource: FetchResource,
  verifier: Verifier,
): Promise<{ note: string; checkpoint: OpenCheckpoint }> {
  const data = await fetchResource('checkpoint')
  if (!data)
    return refuse(
      'not_served',
      'No checkpoint is served there: no log has this address, or the token is not of its workspace.',
    )
  if (data.length > MAX_NOTE_BYTES)
    return refuse('malformed', 'What is served as checkpoint is too long for one.')
  const note = new TextDecoder('utf-8', { ignoreBOM: true }).decode(data)
  return { note, checkpoint: await openCheckpoint(note, verifier, "The log's checkpoint") }
}

/** Tiles of level 0 and their entries, in order, some asked for ahead. */
async function* fetchLeaves(fetchResource: FetchResource, size: number): AsyncGenerator<Fetched> {
  const ahead: Promise<Fetched>[] = []
  const ask = async (index: number): Promise<Fetched> => {
    const width = Math.min(TILE_HASHES, size - index * TILE_HASHES)
    const asked = [
      fetchTile(fetchResource, 0, index, width),
      fetchTile(fetchResource, 'entries', index, width),
    ]
    const [tile, entries] = await Promise.all(asked)
    return { index, width, ...(tile && { tile }), ...(entries && { entries }) }
  }
  for (let index = 0; index * TILE_HASHES < size; index++) {
    const asked = ask(index)
    // One that fails is waited for in its turn, and must not end the process before.
    asked.catch(() => undefined)
    ahead.push(asked)
    if (ahead.length === AHEAD) yield await (ahead.shift() as Promise<Fetched>)
  }
  for (const asked of ahead) yield await asked
}

/**
 * Checks a whole log as it is served, C2SP tlog-tiles: entries against leaves, every tile against those below
 * it, all against the signed root, and the times of receipt. Memory does not grow with the log.
 */
export async function checkLog(
  fetchResource: FetchResource,
  verifier: Verifier,
  skips: Skips,
): Promise<FsckReport> {
  const { sha256 } = verifier.primitives
  const { checkpoint } = await fetchCheckpoint(fetchResource, verifier)
  if (checkpoint.timeMs === undefined)
    skips.skip('time', 'No witness of the policy gave the checkpoint a time.')
  const times = new TimeRules([checkpoint])
  const levels = new TileLevels(sha256, fetchResource)
  const root = new RootAccumulator(sha256)
  let tiles = 0
  let checked = 0
  let holdsAnchors: boolean | undefined
  for await (const { index, width, tile, entries } of fetchLeaves(fetchResource, checkpoint.size)) {
    if (!tile) return refuse('not_served', `Tile ${index} of level 0 is not there.`)
    const leaves: Hash[] = hashesOf(tile, width, `Tile ${index} of level 0`)
    for (const leaf of leaves) root.push(leaf)
    if (width === TILE_HASHES) await levels.take(leaves)
    tiles++
    if (!entries) {
      skips.skip('entries', `The entries from ${index * TILE_HASHES} on are not there.`, 'not_served')
      continue
    }
    const split = splitEntries(entries, width, `The bundle of entries ${index}`)
    for (const [i, entry] of split.entries()) {
      const at = index * TILE_HASHES + i
      const receivedAtMs = checkEntry(sha256, entry, leaves[i] as Hash, at)
      const isOfAnchors = receivedAtMs === undefined
      holdsAnchors ??= isOfAnchors
      if (isOfAnchors !== holdsAnchors)
        refuse('entry_mismatch', `Entry ${at} is not of the form of those before: events, or anchors alone.`)
      if (receivedAtMs !== undefined) times.check(at, receivedAtMs)
    }
    checked += width
  }
  await levels.finish()
  if (root.root() !== checkpoint.root)
    refuse('root_mismatch', `The tiles do not make the root that was signed for ${checkpoint.size} events.`)
  return { checkpoint, tiles: tiles + levels.tiles, entries: checked }
}
