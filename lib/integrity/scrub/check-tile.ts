import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { HASH_BYTES, hashPerfectTree } from '@/lib/integrity/tree/hash-node'
import { hashFullTile, TILE_WIDTH } from '@/lib/integrity/tree/tile'
import { classifyRows, goneFinding, rowFindings } from './classify-rows'
import type { LeafRow } from './leaf-row'
import { type ScrubFinding, tileFinding } from './scrub-failure'
import { leadsToRoot, type SignedTree } from './tree-truth'

export type StoredTile = { data: Buffer; root: Buffer }

/** What is compared with what: the trail's counters, and the seq of the last row that there is. */
export type TileContext = { tree: SignedTree; firstSeq: number; nextSeq: number; lastSeq: number }

/** Hex digits of a hash. */
const HEX = HASH_BYTES * 2

export const hexLeaves = (data: Buffer): string[] => {
  const hex = data.toString('hex')
  return Array.from({ length: hex.length / HEX }, (_, i) => hex.slice(i * HEX, (i + 1) * HEX))
}

/** Rows by their place from `first` on. */
export function placeRows(rows: readonly LeafRow[], first: number, width: number): (LeafRow | undefined)[] {
  const placed: (LeafRow | undefined)[] = new Array(width).fill(undefined)
  for (const row of rows) if (row.seq - first < width) placed[row.seq - first] = row
  return placed
}

/** Looks for a leaf in this tile and its neighbours: events that were exchanged or moved are mostly not far. */
async function readNeighbours(tx: Transaction, tenantId: string, index: number) {
  const tiles = await tx.execute<{ idx: number; data: Buffer }>(sql`
    select idx, data from log_tiles where tenant_id = ${tenantId} and level = 0
      and idx between ${index - 1} and ${index + 1}`)
  return new Map(
    tiles.flatMap(({ idx, data }) => hexLeaves(data).map((leaf, i) => [leaf, idx * TILE_WIDTH + i] as const)),
  )
}

/** Further away it takes a look at every tile, 32 MB for a million events: only for so many rows of a tile. */
const MAX_FAR_LOOKS = 4

async function findFar(tx: Transaction, tenantId: string, leaf: string): Promise<number | undefined> {
  const [found] = await tx.execute<{ idx: number; at: number }>(sql`
    select idx, position(decode(${leaf}, 'hex') in data) as at from log_tiles
    where tenant_id = ${tenantId} and level = 0 and position(decode(${leaf}, 'hex') in data) > 0 limit 1`)
  return found && found.idx * TILE_WIDTH + (found.at - 1) / HASH_BYTES
}

async function findSealed(
  tx: Transaction,
  tenantId: string,
  index: number,
  rows: readonly (LeafRow | undefined)[],
  leaves: readonly string[],
): Promise<(leaf: string) => number | undefined> {
  const known = await readNeighbours(tx, tenantId, index)
  const strange = rows.flatMap((row, i) =>
    row?.derived !== undefined && row.derived !== leaves[i] && !known.has(row.derived) ? [row.derived] : [],
  )
  if (strange.length <= MAX_FAR_LOOKS)
    for (const leaf of strange) {
      const place = await findFar(tx, tenantId, leaf)
      if (place !== undefined) known.set(leaf, place)
    }
  return (leaf) => known.get(leaf)
}

/** Whether it is the tile that was changed and not the rows: then the rows lead to the signed root. */
async function isTileWrong(
  tx: Transaction,
  { tree }: TileContext,
  index: number,
  derived: readonly (string | undefined)[],
): Promise<boolean> {
  if (!derived.every((leaf) => leaf !== undefined)) return false
  const hash = hashPerfectTree(Buffer.from(derived.join(''), 'hex'))
  return leadsToRoot(tx, tree, 0, index, hash)
}

/**
 * Compares the rows under a full tile of level 0 with it, and the tile with its own root. What it makes of the tree
 * above is another check's.
 */
export async function checkTile(
  tx: Transaction,
  context: TileContext,
  index: number,
  rows: readonly LeafRow[],
  tile: StoredTile | undefined,
): Promise<ScrubFinding[]> {
  const first = index * TILE_WIDTH
  const placed = placeRows(rows, first, TILE_WIDTH)
  const dropped = Math.min(TILE_WIDTH, Math.max(0, context.firstSeq - first))
  if (!tile) {
    const gone = placed.flatMap((row, i) =>
      row || i < dropped ? [] : [goneFinding(first + i, context.lastSeq)],
    )
    return [tileFinding('tile_missing', 0, index, 'Its row is gone.'), ...gone]
  }
  const findings: ScrubFinding[] = []
  const leaves = hexLeaves(tile.data)
  const isOwnRoot = leaves.length === TILE_WIDTH && hashFullTile(tile.data).equals(tile.root)
  const isSame = placed.every((row, i) => (row ? row.derived === leaves[i] : i < dropped))
  if (!isOwnRoot) findings.push(tileFinding('tile_altered', 0, index, 'Its data does not make its own root.'))
  if (isSame)
    return [...findings, ...placed.flatMap((row, i) => (row ? rowFindings(row, leaves[i] as string) : []))]
  const derived = placed.map((row) => row?.derived)
  if (await isTileWrong(tx, context, index, derived)) {
    if (isOwnRoot)
      findings.push(tileFinding('tile_altered', 0, index, 'Its events make the signed root; it does not.'))
    return [...findings, ...placed.flatMap((row, i) => (row ? rowFindings(row, derived[i] as string) : []))]
  }
  const find = await findSealed(tx, context.tree.tenantId, index, placed, leaves)
  const known = placed.slice(dropped)
  const sealed = { first: first + dropped, leaves: leaves.slice(dropped), find }
  const intact = known.flatMap((row, i) =>
    row && row.derived === sealed.leaves[i] ? rowFindings(row, row.derived as string) : [],
  )
  return [...findings, ...classifyRows(known, sealed, context.lastSeq), ...intact]
}
