import { HASH_BYTES, hashNode } from '@/lib/integrity/tree/hash-node'
import { hashRanges, type TileData, tileKey } from '@/lib/integrity/tree/hash-ranges'
import { inclusionRanges, type LeafRange } from '@/lib/integrity/tree/proof-ranges'
import { leavesPerHash, partialTiles, TILE_WIDTH, type Tile } from '@/lib/integrity/tree/tile'

/** Events whose tiles are read in one statement: a mebibyte of tiles where each event has one of its own. */
const GROUP = 128
/** Tiles kept with the nodes above their hashes, 16 KiB each: those of a group, and the ones above them all. */
const MAX_KEPT = 256

/** Reads tiles of the tree; one that is not there is left out. */
export type ReadTiles = (tiles: readonly Tile[]) => Promise<TileData>

/** All nodes of a tile by height: its own hashes, then those of pairs, and so on; 32 bytes each. */
type TileNodes = Buffer[]

function nodesOf(data: Uint8Array): TileNodes {
  const levels: TileNodes = [Buffer.from(data)]
  for (let below = levels[0] as Buffer; below.length >= 2 * HASH_BYTES; below = levels.at(-1) as Buffer) {
    const pairs = Math.floor(below.length / (2 * HASH_BYTES))
    const level = Buffer.alloc(pairs * HASH_BYTES)
    for (let i = 0; i < pairs; i++) {
      const at = 2 * i * HASH_BYTES
      const left = below.subarray(at, at + HASH_BYTES)
      level.set(hashNode(left, below.subarray(at + HASH_BYTES, at + 2 * HASH_BYTES)), i * HASH_BYTES)
    }
    levels.push(level)
  }
  return levels
}

/**
 * Inclusion proofs of many events in the tree of `size` leaves. A tile is read and hashed once as long as the
 * indexes ascend, so a proof in a dense selection costs its twenty lookups.
 */
export class InclusionProofs {
  /** Latest used last. */
  private readonly kept = new Map<string, TileNodes>()
  /** Tiles that are not full, at most one a level: every range that ends with the tree is made from them. */
  private readonly edge = new Map<string, TileNodes>()
  private edgeData: TileData = new Map()
  /** Roots of ranges that are not perfect, by their start: they all end with the tree. */
  private readonly ends = new Map<number, Buffer>()

  constructor(
    private readonly readTiles: ReadTiles,
    private readonly size: number,
  ) {}

  /** The proofs of these leaves, each from the leaf up. Throws if a tile is missing, or a leaf beyond the tree. */
  async prove(indexes: readonly number[]): Promise<Buffer[][]> {
    if (this.edgeData.size === 0) await this.readEdge()
    const proofs: Buffer[][] = []
    for (let at = 0; at < indexes.length; at += GROUP) {
      const group = indexes.slice(at, at + GROUP)
      await this.readGroup(group)
      for (const index of group)
        proofs.push(inclusionRanges(index, this.size).map((range) => this.root(range)))
    }
    return proofs
  }

  private async readEdge(): Promise<void> {
    this.edgeData = await this.readTiles(partialTiles(this.size))
    for (const [key, data] of this.edgeData) this.edge.set(key, nodesOf(data))
  }

  private async readGroup(indexes: readonly number[]): Promise<void> {
    const missing = new Map<string, Tile>()
    for (const index of indexes)
      for (let level = 0; leavesPerHash(level + 1) <= this.size; level++) {
        const tile = { level, index: Math.floor(index / leavesPerHash(level + 1)), width: TILE_WIDTH }
        const isFull = (tile.index + 1) * leavesPerHash(level + 1) <= this.size
        const key = tileKey(tile)
        const nodes = this.kept.get(key)
        if (nodes) {
          this.kept.delete(key)
          this.kept.set(key, nodes)
        } else if (isFull) missing.set(key, tile)
      }
    if (missing.size === 0) return
    for (const [key, data] of await this.readTiles([...missing.values()])) this.kept.set(key, nodesOf(data))
    const surplus = this.kept.size - Math.max(MAX_KEPT, missing.size)
    for (const key of [...this.kept.keys()].slice(0, Math.max(0, surplus))) this.kept.delete(key)
  }

  private root(range: LeafRange): Buffer {
    const { start, end } = range
    const height = Math.round(Math.log2(end - start))
    if (2 ** height === end - start) return this.node(start, height)
    const known = this.ends.get(start) ?? (hashRanges([range], this.edgeData)[0] as Buffer)
    this.ends.set(start, known)
    return known
  }

  /** The root of the perfect subtree of 2^height leaves from `start` on. */
  private node(start: number, height: number): Buffer {
    const level = Math.floor(height / 8)
    const index = Math.floor(start / leavesPerHash(level + 1))
    const key = tileKey({ level, index })
    const nodes = (this.kept.get(key) ?? this.edge.get(key))?.[height % 8]
    const at = ((start % leavesPerHash(level + 1)) / 2 ** height) * HASH_BYTES
    if (!nodes || nodes.length < at + HASH_BYTES) throw new Error(`Tile ${key} has no node at leaf ${start}.`)
    return nodes.subarray(at, at + HASH_BYTES)
  }
}
