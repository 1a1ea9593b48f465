import type { Transaction } from '@/db/client'
import { AppError } from '@/lib/errors/app-error'
import { hashRanges, tileKey, tilesOfRanges } from '@/lib/integrity/tree/hash-ranges'
import { consistencyRanges, inclusionRanges, type LeafRange } from '@/lib/integrity/tree/proof-ranges'
import { leavesPerHash, TILE_WIDTH, type Tile } from '@/lib/integrity/tree/tile'
import { readTiles } from './read-tiles'

/**
 * The RFC 6962 root of each leaf range, 32 bytes, in the tenant's tree of `size` leaves, which must be sealed.
 * One statement, as the tenant, however many ranges. Throws `conflict` if a hash is missing, which only tampering
 * brings about.
 */
export async function readRanges(
  tx: Transaction,
  tenantId: string,
  ranges: readonly LeafRange[],
  size: number,
): Promise<Buffer[]> {
  const wanted = tilesOfRanges(ranges, size)
  const tiles = await readTiles(tx, tenantId, wanted)
  const missing = wanted.find((tile) => !tiles.has(tileKey(tile)))
  if (missing) throw new AppError('conflict', describeGap(missing))
  return hashRanges(ranges, tiles)
}

function describeGap({ level, index, width }: Tile): string {
  const first = index * TILE_WIDTH * leavesPerHash(level)
  const last = first + width * leavesPerHash(level) - 1
  return `Nothing can be proven here: of the events ${first} to ${last}, which were sealed, some are gone from the database. See the Integrity page.`
}

/** The proof that leaf `index` is in the tree of `size` leaves, from the leaf up (RFC 6962 section 2.1.1). */
export function readInclusion(
  tx: Transaction,
  tenantId: string,
  index: number,
  size: number,
): Promise<Buffer[]> {
  return readRanges(tx, tenantId, inclusionRanges(index, size), size)
}

/** The same for many leaves, each hash computed once: neighbours share most of their proofs. */
export async function readInclusions(
  tx: Transaction,
  tenantId: string,
  indexes: readonly number[],
  size: number,
): Promise<Buffer[][]> {
  const keyOf = ({ start, end }: LeafRange) => `${start}-${end}`
  const wanted = indexes.map((index) => inclusionRanges(index, size))
  const ranges = new Map(wanted.flat().map((range) => [keyOf(range), range]))
  const roots = await readRanges(tx, tenantId, [...ranges.values()], size)
  const known = new Map([...ranges.keys()].map((key, i) => [key, roots[i] as Buffer]))
  return wanted.map((siblings) => siblings.map((range) => known.get(keyOf(range)) as Buffer))
}

/** The proof that the tree of `from` leaves begins that of `to` (RFC 6962 section 2.1.2). */
export function readConsistency(
  tx: Transaction,
  tenantId: string,
  from: number,
  to: number,
): Promise<Buffer[]> {
  return readRanges(tx, tenantId, consistencyRanges(from, to), to)
}
