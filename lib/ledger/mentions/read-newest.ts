import type { Transaction } from '@/db/client'
import { SPAN_CHUNKS } from './layout'
import { readNewestChunks } from './read-spans'

/** Rows of the index of spans that are read in a few milliseconds. */
const MAX_SPAN_ROWS = 5_000
/** Chunks read one after the other, before the index of spans is asked, where references are many and events frequent. */
const NEAREST = 512
/** Spans asked at a time. Of many references so few that a look stays short. */
const SPANS = 64
const SPANS_OF_MANY = 16

/** Chunks of one look: few at first, which often suffice. */
const LOOKS = [2, 8, 32, 64]

export type CountedReference = { id: number; events: number }
/** Chunks to read next, newest first, and the chunk down to which all have then been seen (inclusive). */
export type ChunkLook = { chunks: number[]; downTo: number }

/** All chunks up to `last` that may have one of the references, newest first, a few at a time. */
export async function* readNewest(
  tx: Transaction,
  tenantId: string,
  references: readonly CountedReference[],
  last: number,
): AsyncGenerator<ChunkLook> {
  const spansToRead = last / SPAN_CHUNKS + 1
  const rows = references.reduce((sum, { events }) => sum + Math.min(events, spansToRead), 0)
  const isMany = rows > MAX_SPAN_ROWS
  const nearest = isMany ? Math.min(NEAREST, last + 1) : 0
  yield* inLooks(Array.from({ length: nearest }, (_, i) => last - i))
  const ids = references.map(({ id }) => id)
  for (let to = last + 1 - nearest; to > 0; ) {
    const low = isMany ? Math.floor((to - 1) / SPAN_CHUNKS - SPANS_OF_MANY + 1) * SPAN_CHUNKS : 0
    const range = { from: Math.max(0, low), to }
    const chunks = await readNewestChunks(tx, tenantId, ids, range, SPANS)
    yield* inLooks(chunks)
    // All spans of the range were read, or as many as one statement reads.
    const isWhole = isMany || new Set(chunks.map((chunk) => Math.floor(chunk / SPAN_CHUNKS))).size < SPANS
    to = isWhole ? range.from : (chunks.at(-1) as number)
    yield { chunks: [], downTo: to }
  }
}

function* inLooks(chunks: readonly number[]): Generator<ChunkLook> {
  for (let at = 0, look = 0; at < chunks.length; look++) {
    const some = chunks.slice(at, at + (LOOKS[Math.min(look, LOOKS.length - 1)] as number))
    at += some.length
    yield { chunks: some, downTo: some.at(-1) as number }
  }
}
