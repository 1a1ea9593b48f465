import type { Hash, Primitives } from './primitives'
import { refuse } from './refusal'
import { RootAccumulator } from './root-accumulator'
import { type FetchResource, fetchTile, hashesOf, TILE_HASHES } from './served-tile'

type Level = { tiles: number; hashes: Hash[] }

/** Compares the tiles above the leaves with what the leaves make, a level at a time, keeping one tile of each. */
export class TileLevels {
  /** Of level 1 and up. */
  private readonly levels: Level[] = []
  tiles = 0

  constructor(
    private readonly sha256: Primitives['sha256'],
    private readonly fetchResource: FetchResource,
  ) {}

  /** Takes the hashes of the next full tile of level 0. */
  async take(leaves: readonly Hash[]): Promise<void> {
    await this.raise(leaves, 1)
  }

  /** Compares the tiles that are not full. */
  async finish(): Promise<void> {
    for (const [i, { hashes }] of this.levels.entries()) if (hashes.length > 0) await this.compare(i + 1)
  }

  private async raise(tile: readonly Hash[], to: number): Promise<void> {
    const root = new RootAccumulator(this.sha256)
    for (const hash of tile) root.push(hash)
    this.levels[to - 1] ??= { tiles: 0, hashes: [] }
    const level = this.levels[to - 1] as Level
    level.hashes.push(root.root())
    if (level.hashes.length < TILE_HASHES) return
    await this.compare(to)
    const { hashes } = level
    this.levels[to - 1] = { tiles: level.tiles + 1, hashes: [] }
    await this.raise(hashes, to + 1)
  }

  private async compare(level: number): Promise<void> {
    const { tiles, hashes } = this.levels[level - 1] as Level
    const where = `Tile ${tiles} of level ${level}`
    const data = await fetchTile(this.fetchResource, level, tiles, hashes.length)
    if (!data) return refuse('not_served', `${where} is not there.`)
    if (hashesOf(data, hashes.length, where).some((hash, i) => hash !== hashes[i]))
      refuse('tile_mismatch', `${where} is not what the tiles below it make.`)
    this.tiles++
  }
}
