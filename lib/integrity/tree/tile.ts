import { HASH_BYTES, hashPerfectTree } from './hash-node'

/** C2SP tlog-tiles: a tile is a subtree of height 8. */
export const TILE_WIDTH = 256
const FULL_TILE_BYTES = TILE_WIDTH * HASH_BYTES

/** Tile `index` of a level; its hashes are roots of 256^level leaves each. Level 0 holds leaf hashes. */
export type TileId = { level: number; index: number }
/** `width` is how many hashes it has in a tree of some size: 256 if it is full. */
export type Tile = TileId & { width: number }

/** Leaves under one hash of a level. */
export const leavesPerHash = (level: number): number => TILE_WIDTH ** level

/** Full tiles that a tree of `to` leaves has and one of `from` leaves had not, lowest level first. */
export function completedTiles(from: number, to: number): TileId[] {
  const tiles: TileId[] = []
  for (let level = 0; leavesPerHash(level + 1) <= to; level++) {
    const span = leavesPerHash(level + 1)
    for (let index = Math.floor(from / span); index < Math.floor(to / span); index++)
      tiles.push({ level, index })
  }
  return tiles
}

/** The tiles at the right edge that are not full: never more than one a level, and none of width 0 or 256. */
export function partialTiles(size: number): Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; leavesPerHash(level) <= size; level++) {
    const hashes = Math.floor(size / leavesPerHash(level))
    const width = hashes % TILE_WIDTH
    if (width > 0) tiles.push({ level, index: Math.floor(hashes / TILE_WIDTH), width })
  }
  return tiles
}

/** Hashes of a tile in a tree of `size` leaves: 0 (there is no such tile) to 256. */
export function tileWidth({ level, index }: TileId, size: number): number {
  const hashes = Math.floor(size / leavesPerHash(level)) - index * TILE_WIDTH
  return Math.max(0, Math.min(TILE_WIDTH, hashes))
}

/** The hash that a full tile has in the tile above it. */
export function hashFullTile(data: Uint8Array): Buffer {
  if (data.length !== FULL_TILE_BYTES) throw new Error(`A full tile has 8192 bytes, not ${data.length}.`)
  return hashPerfectTree(data)
}
