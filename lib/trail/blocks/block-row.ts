import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { trailBlocks } from '@/db/schema/blocks'
import { trailHeads } from '@/db/schema/events'
import { DIRECTORY_ENTRY } from './encoded-block'
import { BLOCK_EVENTS, LAYOUT_VERSION, MERGED_BLOCKS } from './layout'

/** A row of the block index without its parts. */
export type BlockRow = {
  firstSeq: number
  blocks: number
  /** Another one for each row that was ever written; 0 of a gap. */
  build: number
  /** Nothing is known of these events, because a value of theirs was erased and the row is not built anew yet. */
  isGap: boolean
  slices: number
  /** Entries of the directory, and the first hash of each of its pages. */
  entries: number
  directoryPages: Buffer
  minAt: number
  maxAt: number
}

export const eventsOf = (row: BlockRow): number => row.blocks * BLOCK_EVENTS
/** The seq after the row's last. */
export const endOf = (row: BlockRow): number => row.firstSeq + eventsOf(row)

/** Where the first block of a trail begins, of which events may be gone by retention. */
const firstBlockSeq = (firstSeq: number): number => firstSeq - (firstSeq % BLOCK_EVENTS)

/** The rows that are missing from a seq up to another, none larger than merged ones are. */
function* gapsBetween(from: number, to: number): Generator<BlockRow> {
  const most = BLOCK_EVENTS * MERGED_BLOCKS
  for (let seq = from; seq < to; ) {
    const end = Math.min(to, seq - (seq % most) + most)
    yield gapOf(seq, (end - seq) / BLOCK_EVENTS)
    seq = end
  }
}

function gapOf(firstSeq: number, blocks: number): BlockRow {
  return {
    firstSeq,
    blocks,
    build: 0,
    isGap: true,
    slices: 0,
    entries: 0,
    directoryPages: Buffer.alloc(0),
    minAt: Number.NEGATIVE_INFINITY,
    maxAt: Number.POSITIVE_INFINITY,
  }
}

/** The block index of a trail: without a hole from its first event on. Events from `end` on are in no row. */
export type BlockIndex = { rows: BlockRow[]; end: number; firstSeq: number }

/**
 * All rows of a tenant, oldest first: one for 65,536 events, some of 4,096. Where one was deleted, a gap stands in its
 * place. `firstSeq` is the first event that is still there.
 */
export async function readBlockRows(tx: Transaction, tenantId: string): Promise<BlockIndex> {
  const rows = await tx
    .select({
      firstSeq: trailBlocks.firstSeq,
      blocks: trailBlocks.blocks,
      build: trailBlocks.build,
      slices: trailBlocks.slices,
      entries: sql<number>`length(${trailBlocks.directory}) / ${sql.raw(String(DIRECTORY_ENTRY))}`,
      directoryPages: trailBlocks.directoryPages,
      minAt: trailBlocks.minAt,
      maxAt: trailBlocks.maxAt,
    })
    .from(trailBlocks)
    .where(and(eq(trailBlocks.tenantId, tenantId), eq(trailBlocks.layout, LAYOUT_VERSION)))
    .orderBy(trailBlocks.firstSeq)
  const [head] = await tx
    .select({ firstSeq: trailHeads.firstSeq })
    .from(trailHeads)
    .where(eq(trailHeads.tenantId, tenantId))
  const firstSeq = head?.firstSeq ?? 0
  const index: BlockIndex = { rows: [], end: firstBlockSeq(firstSeq), firstSeq }
  for (const found of rows) {
    const row = { ...found, isGap: false }
    index.rows.push(...gapsBetween(index.end, row.firstSeq), row)
    index.end = endOf(row)
  }
  return index
}

export type Part = 'signature' | 'directory' | 'postings' | 'words' | 'times' | 'facets'
/** A piece of a part of a row, in bytes. */
export type Piece = { row: BlockRow; offset: number; length: number }

/**
 * Reads pieces of one part of many rows in one statement, each row's pieces in one value. A piece of an uncompressed value is read by
 * its own pages only: https://www.postgresql.org/docs/current/storage-toast.html
 */
export async function readPieces(
  tx: Transaction,
  tenantId: string,
  part: Part,
  pieces: readonly Piece[],
): Promise<Buffer[]> {
  if (pieces.length === 0) return []
  const column = sql.identifier(part)
  const list = (numbers: number[]) => `{${numbers.join(',')}}`
  const rows = await tx.execute<{ first_seq: string; bytes: Buffer }>(sql`
    select b.first_seq, string_agg(substring(b.${column} from p.at for p.length), ''::bytea order by p.n) as bytes
    from unnest(${list(pieces.map(({ row }) => row.firstSeq))}::bigint[],
      ${list(pieces.map(({ offset }) => offset + 1))}::int[],
      ${list(pieces.map(({ length }) => length))}::int[]) with ordinality as p(seq, at, length, n)
    join trail_blocks b on b.tenant_id = ${tenantId} and b.first_seq = p.seq
    group by b.first_seq`)
  const bytesOf = new Map(rows.map((row) => [Number(row.first_seq), row.bytes]))
  const used = new Map<number, number>()
  return pieces.map(({ row: { firstSeq }, length }) => {
    const at = used.get(firstSeq) ?? 0
    used.set(firstSeq, at + length)
    const bytes = bytesOf.get(firstSeq)?.subarray(at, at + length)
    if (bytes?.length !== length)
      throw new Error(`The block index lacks ${length} bytes of ${part} at seq ${firstSeq}.`)
    return bytes
  })
}

/** A part of each row as a whole. */
export async function readWhole(
  tx: Transaction,
  tenantId: string,
  part: Part,
  rows: readonly BlockRow[],
): Promise<Map<BlockRow, Buffer>> {
  if (rows.length === 0) return new Map()
  const found = await tx.execute<{ first_seq: string; bytes: Buffer }>(sql`
    select first_seq, ${sql.identifier(part)} as bytes from trail_blocks
    where tenant_id = ${tenantId} and first_seq = any(${`{${rows.map(({ firstSeq }) => firstSeq).join(',')}}`}::bigint[])`)
  const bytesOf = new Map(found.map((row) => [Number(row.first_seq), row.bytes]))
  return new Map(rows.map((row) => [row, bytesOf.get(row.firstSeq) as Buffer]))
}
