import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { AppError } from '@/lib/errors/app-error'
import { readRanges } from '@/lib/integrity/log/read-ranges'
import { hashNode, hashPerfectTree } from '@/lib/integrity/tree/hash-node'
import { inclusionRanges, type LeafRange } from '@/lib/integrity/tree/proof-ranges'
import { leavesPerHash, partialTiles, TILE_WIDTH, tileWidth } from '@/lib/integrity/tree/tile'

/** Roots of ranges as the stored tiles make them; undefined where a tile or leaf that it takes is gone. */
export async function tryRanges(
  tx: Transaction,
  tenantId: string,
  ranges: readonly LeafRange[],
  size: number,
): Promise<Buffer[] | undefined> {
  try {
    return await readRanges(tx, tenantId, ranges, size)
  } catch (error) {
    // Only its own words of a missing hash: an error of the database is none of the log's.
    if (error instanceof AppError && error.code === 'conflict') return undefined
    throw error
  }
}

/** The tree that the head signs. */
export type SignedTree = { tenantId: string; size: number; root: Buffer }

/** Whether a full tile with this hash, in its place and with all others as they are stored, makes the signed root. */
export async function leadsToRoot(
  tx: Transaction,
  { tenantId, size, root }: SignedTree,
  level: number,
  index: number,
  hash: Buffer,
): Promise<boolean> {
  const span = leavesPerHash(level + 1)
  const start = index * span
  const siblings = inclusionRanges(start, size).filter(
    (range) => range.end <= start || range.start >= start + span,
  )
  const hashes = await tryRanges(tx, tenantId, siblings, size)
  if (!hashes) return false
  const made = siblings.reduce((node, range, i) => {
    const sibling = hashes[i] as Buffer
    return range.start < start ? hashNode(sibling, node) : hashNode(node, sibling)
  }, hash)
  return made.equals(root)
}

/**
 * The roots that the tree had at earlier sizes (1 and up), as the stored tiles make them. Undefined where these don't
 * make the signed root: then they are what was changed, and another check finds them.
 */
export async function earlierRoots(
  tx: Transaction,
  { tenantId, size, root }: SignedTree,
  sizes: readonly number[],
): Promise<Buffer[] | undefined> {
  if (size === 0) return []
  const ranges = [...sizes, size].map((end) => ({ start: 0, end }))
  const roots = await tryRanges(tx, tenantId, ranges, size)
  return roots?.at(-1)?.equals(root) ? roots.slice(0, -1) : undefined
}

/** Whether the tiles that are full now and were not at an earlier size make their own roots, which `size` alone says nothing of. */
export async function arePartsWhole(tx: Transaction, tree: SignedTree, earlier: number): Promise<boolean> {
  for (const { level, index } of partialTiles(earlier)) {
    if (tileWidth({ level, index }, tree.size) < TILE_WIDTH) continue
    const [tile] = await tx.execute<{ data: Buffer; root: Buffer }>(sql`
      select data, root from log_tiles where tenant_id = ${tree.tenantId} and level = ${level} and idx = ${index}`)
    if (!tile || !hashPerfectTree(tile.data).equals(tile.root)) return false
  }
  return true
}
