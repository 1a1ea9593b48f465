import { EMPTY_FRONTIER, extendFrontier, type Frontier } from '@/lib/integrity/tree/frontier'
import { HASH_BYTES } from '@/lib/integrity/tree/hash-node'
import { hashFullTile, TILE_WIDTH, type TileId } from '@/lib/integrity/tree/tile'

export type SealedTile = TileId & { data: Buffer; root: Buffer }

/** The first leaf that has to be read again to seal on from `size`: that of the last tile that is not full. */
export const tileStart = (size: number): number => size - (size % TILE_WIDTH)

/** The frontier of the full tiles of level 0 alone, as leaves of a tree of their own. */
function frontierOfTiles({ size, hashes }: Frontier): Frontier {
  let partial = 0
  for (let rest = size % TILE_WIDTH; rest > 0; rest = Math.floor(rest / 2)) partial += rest % 2
  return {
    size: Math.floor(size / TILE_WIDTH),
    hashes: hashes.subarray(0, hashes.length - partial * HASH_BYTES),
  }
}

/**
 * Appends leaves to a tree. `leaves` are the hashes from `tileStart(before.size)` on, 32 bytes each: those that
 * were sealed before among them must make the same frontier again, or undefined is given: somebody changed them.
 * Each hash is computed once: a full tile's root is what the frontier goes on with. Gives the tiles of level 0
 * that became full.
 */
export function growTree(
  before: Frontier,
  leaves: Buffer,
): { frontier: Frontier; tiles: SealedTile[] } | undefined {
  const start = tileStart(before.size)
  const above = frontierOfTiles(before)
  const known = extendFrontier(EMPTY_FRONTIER, leaves.subarray(0, (before.size - start) * HASH_BYTES))
  if (!Buffer.concat([above.hashes, known.hashes]).equals(before.hashes)) return undefined
  const size = start + leaves.length / HASH_BYTES
  const tileBytes = TILE_WIDTH * HASH_BYTES
  const tiles: SealedTile[] = []
  for (let at = 0; at + tileBytes <= leaves.length; at += tileBytes) {
    const data = leaves.subarray(at, at + tileBytes)
    tiles.push({ level: 0, index: above.size + tiles.length, data, root: hashFullTile(data) })
  }
  const upper = extendFrontier(above, Buffer.concat(tiles.map(({ root }) => root)))
  const lower = extendFrontier(EMPTY_FRONTIER, leaves.subarray(tiles.length * tileBytes))
  return { frontier: { size, hashes: Buffer.concat([upper.hashes, lower.hashes]) }, tiles }
}
