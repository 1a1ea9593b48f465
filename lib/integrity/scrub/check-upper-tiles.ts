import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { HASH_BYTES } from '@/lib/integrity/tree/hash-node'
import { completedTiles, hashFullTile, leavesPerHash, TILE_WIDTH } from '@/lib/integrity/tree/tile'
import type { StoredTile } from './check-tile'
import { type ScrubFinding, tileFinding } from './scrub-failure'
import { leadsToRoot, type SignedTree } from './tree-truth'

async function readTile(tx: Transaction, tenantId: string, level: number, index: number) {
  const [tile] = await tx.execute<StoredTile>(sql`
    select data, root from log_tiles where tenant_id = ${tenantId} and level = ${level} and idx = ${index}`)
  return tile
}

/** A full tile above level 0 against the roots of the 256 below it. */
async function checkUpperTile(
  tx: Transaction,
  tree: SignedTree,
  level: number,
  index: number,
): Promise<ScrubFinding[]> {
  const tile = await readTile(tx, tree.tenantId, level, index)
  if (!tile) return [tileFinding('tile_missing', level, index, 'Its row is gone.')]
  if (tile.data.length !== TILE_WIDTH * HASH_BYTES || !hashFullTile(tile.data).equals(tile.root))
    return [tileFinding('tile_altered', level, index, 'Its data does not make its own root.')]
  const first = index * TILE_WIDTH
  const below = await tx.execute<{ idx: number; root: Buffer }>(sql`
    select idx, root from log_tiles where tenant_id = ${tree.tenantId} and level = ${level - 1}
      and idx >= ${first} and idx < ${first + TILE_WIDTH} order by idx`)
  const differing = below.filter(({ idx, root }) => {
    const at = (idx - first) * HASH_BYTES
    return !tile.data.subarray(at, at + HASH_BYTES).equals(root)
  })
  if (differing.length === 0) return []
  // The signed root decides which of them was changed.
  if (!(await leadsToRoot(tx, tree, level, index, tile.root)))
    return [tileFinding('tile_altered', level, index, 'It is not what the tiles below it make.')]
  return differing.map(({ idx }) =>
    tileFinding(
      'tile_altered',
      level - 1,
      idx,
      'The tile above it says otherwise, and leads to the signed root.',
    ),
  )
}

/** The tiles above level 0 that end between leaf `from` and `to`. */
export async function checkUpperTiles(
  tx: Transaction,
  tree: SignedTree,
  from: number,
  to: number,
): Promise<ScrubFinding[]> {
  const findings: ScrubFinding[] = []
  for (const { level, index } of completedTiles(from, to))
    if (level > 0) findings.push(...(await checkUpperTile(tx, tree, level, index)))
  return findings
}

/** Tiles that a tree of this size doesn't have. */
export async function checkUnexpectedTiles(tx: Transaction, tree: SignedTree): Promise<ScrubFinding[]> {
  const levels = 7
  const counts = Array.from({ length: levels }, (_, level) =>
    Math.floor(tree.size / leavesPerHash(level + 1)),
  )
  const beyond = await tx.execute<{ level: number; idx: number }>(sql`
    select level, idx from log_tiles where tenant_id = ${tree.tenantId}
      and (level >= ${levels} or idx >= (${`{${counts.join(',')}}`}::bigint[])[level + 1]) order by level, idx limit 10`)
  return beyond.map(({ level, idx }) =>
    tileFinding('tile_unexpected', level, idx, `The log has ${tree.size} events.`),
  )
}
