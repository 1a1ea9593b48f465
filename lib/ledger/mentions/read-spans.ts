import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { SPAN_CHUNKS } from './layout'
import type { Range } from './mention-condition'

/** Looks at the index of spans that are quicker than reading the chunks of all of them. */
const MAX_LOOKS = 20_000

type SpanRow = { span: number; chunks: string }

const CHUNK_BITS = Array.from({ length: SPAN_CHUNKS }, (_, bit) => 1n << BigInt(bit))

/** The chunks of a span whose bits are set, ascending. */
function chunksOf({ span, chunks }: SpanRow): number[] {
  const bits = BigInt.asUintN(SPAN_CHUNKS, BigInt(chunks))
  return CHUNK_BITS.flatMap((bit, i) => ((bits & bit) === 0n ? [] : [span * SPAN_CHUNKS + i]))
}

const list = (references: readonly number[]) => `{${references.join(',')}}`

/**
 * The chunks of a range of chunks that may have one of the references; null where looking them up would cost more than
 * reading all.
 */
export async function readChunksWith(
  tx: Transaction,
  tenantId: string,
  references: readonly number[],
  { from, to }: Range,
): Promise<Set<number> | null> {
  const first = Math.floor(from / SPAN_CHUNKS)
  const last = Math.floor((to - 1) / SPAN_CHUNKS)
  if (references.length * (last - first + 1) > MAX_LOOKS) return null
  const rows = await tx.execute<SpanRow>(sql`
    select span, bit_or(chunks)::text as chunks from ledger_spans
    where tenant_id = ${tenantId} and reference_id = any(${list(references)}::int[]) and span between ${first} and ${last}
    group by span`)
  return new Set(rows.flatMap(chunksOf))
}

/** The newest chunks of a range that may have one of the references, newest first: those of `spans` spans at most. */
export async function readNewestChunks(
  tx: Transaction,
  tenantId: string,
  references: readonly number[],
  { from, to }: Range,
  spans: number,
): Promise<number[]> {
  const rows = await tx.execute<SpanRow>(sql`
    select span, bit_or(chunks)::text as chunks from ledger_spans
    where tenant_id = ${tenantId} and reference_id = any(${list(references)}::int[])
      and span between ${Math.floor(from / SPAN_CHUNKS)} and ${Math.floor((to - 1) / SPAN_CHUNKS)}
    group by span order by span desc limit ${spans}`)
  return rows.flatMap((row) => chunksOf(row).reverse()).filter((chunk) => chunk >= from && chunk < to)
}
