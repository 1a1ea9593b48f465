import type { Transaction } from '@/db/client'
import { type Bitmap, hasBit } from '@/lib/trail/blocks/bitmap'
import { CHUNK_EVENTS, eachMention } from './layout'
import { readColumnsOf } from './read-columns'

/** Events of which the mentions are wanted: bits by their places behind `from`, which begins a chunk. */
export type Chosen = { from: number; bits: Bitmap }

const WORDS = CHUNK_EVENTS / 32

/** The chunks that have one of the chosen events, and the parts that these are of. */
function chunksOf<C extends Chosen>(parts: readonly C[]): Map<number, C[]> {
  const chunks = new Map<number, C[]>()
  for (const part of parts)
    for (let word = 0; word < part.bits.length; word += WORDS) {
      if (part.bits.subarray(word, word + WORDS).every((bits) => bits === 0)) continue
      const chunk = (part.from + word * 32) / CHUNK_EVENTS
      const others = chunks.get(chunk)
      if (others) others.push(part)
      else chunks.set(chunk, [part])
    }
  return chunks
}

/** Calls `visit` for each actor of the chosen events that is matched or was looked for, with its place in the part. */
export async function visitActors<C extends Chosen>(
  tx: Transaction,
  tenantId: string,
  parts: readonly C[],
  visit: (reference: number, part: C, place: number) => void,
): Promise<void> {
  const chunks = chunksOf(parts)
  const wanted = [...chunks.keys()].sort((a, b) => a - b)
  for await (const rows of readColumnsOf(tx, tenantId, ['actors'], wanted))
    for (const { chunk, columns } of rows)
      for (const part of chunks.get(chunk) ?? []) {
        const first = chunk * CHUNK_EVENTS - part.from
        eachMention(columns.actors, (at, reference) => {
          if (hasBit(part.bits, first + at)) visit(reference, part, first + at)
        })
      }
}
