import { HASH_BYTES, hashNode, hashPerfectTree } from './hash-node'
import { type LeafRange, perfectSubtrees } from './proof-ranges'
import { leavesPerHash, TILE_WIDTH, type Tile, type TileId, tileWidth } from './tile'

/** The bytes of tiles, by `tileKey`. A wider tile than asked for serves as well. */
export type TileData = ReadonlyMap<string, Uint8Array>

export const tileKey = ({ level, index }: TileId): string => `${level}/${index}`

/** Where the hashes stand that a perfect subtree is made from: `count` of them in one tile. */
function placeInTile({ start, end }: LeafRange): { tile: TileId; offset: number; count: number } {
  let level = 0
  while (leavesPerHash(level + 1) <= end - start) level++
  const first = start / leavesPerHash(level)
  return {
    tile: { level, index: Math.floor(first / TILE_WIDTH) },
    offset: first % TILE_WIDTH,
    count: (end - start) / leavesPerHash(level),
  }
}

/** The tiles of a tree of `size` leaves that `hashRanges` will read, each once. */
export function tilesOfRanges(ranges: readonly LeafRange[], size: number): Tile[] {
  const tiles = new Map<string, Tile>()
  for (const node of ranges.flatMap(perfectSubtrees)) {
    const { tile } = placeInTile(node)
    tiles.set(tileKey(tile), { ...tile, width: tileWidth(tile, size) })
  }
  return [...tiles.values()]
}

function hashSubtree(node: LeafRange, tiles: TileData): Buffer {
  const { tile, offset, count } = placeInTile(node)
  const data = tiles.get(tileKey(tile))
  const end = (offset + count) * HASH_BYTES
  if (!data || data.length < end) throw new Error(`Tile ${tileKey(tile)} has no hash ${offset + count - 1}.`)
  return hashPerfectTree(data.subarray(offset * HASH_BYTES, end))
}

/**
 * The RFC 6962 root of each range, 32 bytes. Every range must be a subtree of some tree, as those of
 * `proof-ranges` are. Throws if a tile is missing.
 */
export function hashRanges(ranges: readonly LeafRange[], tiles: TileData): Buffer[] {
  return ranges.map((range) =>
    perfectSubtrees(range)
      .map((node) => hashSubtree(node, tiles))
      .reduceRight((right, left) => hashNode(left, right)),
  )
}
