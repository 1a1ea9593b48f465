import type { TransactionSql } from 'postgres'
import { completedTiles, hashFullTile, TILE_WIDTH } from '@/lib/integrity/tree/tile'
import type { SealedTile } from './grow-tree'
import { TILE_ROOTS_STATEMENT } from './seal-statements'

export type TenantTile = SealedTile & { tenantId: string }

/**
 * The tiles above level 0 that became full when a tree grew from `from` to `to` leaves: one in 65,536. They are the
 * roots of the tiles below, of which `fresh` are not in the database yet.
 */
export async function completeUpperTiles(
  sql: TransactionSql,
  tenantId: string,
  from: number,
  to: number,
  fresh: readonly SealedTile[],
): Promise<TenantTile[]> {
  const all: SealedTile[] = [...fresh]
  const made: TenantTile[] = []
  for (const { level, index } of completedTiles(from, to)) {
    if (level === 0) continue
    const first = index * TILE_WIDTH
    const below = all.filter(
      (tile) => tile.level === level - 1 && tile.index >= first && tile.index < first + TILE_WIDTH,
    )
    const stored = await sql.unsafe<{ root: Buffer }[]>(TILE_ROOTS_STATEMENT, [
      tenantId,
      level - 1,
      first,
      first + TILE_WIDTH - below.length,
    ])
    const roots = [...stored.map(({ root }) => root), ...below.map(({ root }) => root)]
    if (roots.length !== TILE_WIDTH)
      throw new Error(`Tile ${level}/${index} of a log of ${tenantId} lacks tiles below it.`)
    const data = Buffer.concat(roots)
    const tile = { tenantId, level, index, data, root: hashFullTile(data) }
    made.push(tile)
    all.push(tile)
  }
  return made
}
