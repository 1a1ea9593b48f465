import type { Transaction } from '@/db/client'
import { CHUNK_EVENTS } from '@/lib/ledger/mentions/layout'
import type { MentionCondition, Range } from '@/lib/ledger/mentions/mention-condition'
import { readNewest } from '@/lib/ledger/mentions/read-newest'
import { readPassing } from '@/lib/ledger/mentions/read-passing'
import { type Bitmap, or, places } from '@/lib/trail/blocks/bitmap'
import type { Meaning } from './read-meaning'

export type Mentioned = {
  /** Descending. */
  seqs: number[]
  /** All events from here on have then been seen. */
  downTo: number
  /** Chunks that were read for it. */
  chunks: number
}

const COLUMNS = { actor: 'actors', target: 'targets' } as const
type Role = keyof typeof COLUMNS

/** The events below `before` that mention what is meant, in one of the roles, newest first, a few chunks at a time. */
export async function* mentionedSeqs(
  tx: Transaction,
  tenantId: string,
  meanings: Partial<Record<Role, Meaning>>,
  before: number,
): AsyncGenerator<Mentioned> {
  const roles = (Object.keys(COLUMNS) as Role[]).flatMap((role) => {
    const meaning = meanings[role]
    return meaning && meaning.references.length > 0 ? [{ role, meaning }] : []
  })
  const newest = Math.min(before - 1, Math.max(...roles.map(({ meaning }) => meaning.lastSeq)))
  if (newest < 0) return
  const references = roles.flatMap(({ meaning }) => meaning.references)
  const conditions = roles.map(
    ({ role, meaning }): MentionCondition => ({
      window: { from: 0, to: before },
      sides: [{ column: COLUMNS[role], include: meaning.set, exclude: null }],
    }),
  )
  for await (const { chunks, downTo } of readNewest(
    tx,
    tenantId,
    references,
    Math.floor(newest / CHUNK_EVENTS),
  )) {
    const ranges = chunks.map(
      (chunk): Range => ({ from: chunk * CHUNK_EVENTS, to: (chunk + 1) * CHUNK_EVENTS }),
    )
    const found = new Map<Range, Bitmap>()
    for (const condition of conditions)
      for (const [range, bits] of await readPassing(tx, tenantId, condition, ranges)) {
        const known = found.get(range)
        if (known) or(known, bits)
        else found.set(range, bits)
      }
    const seqs = ranges.flatMap((range) =>
      places(found.get(range) as Bitmap, Number.POSITIVE_INFINITY, true).map((place) => range.from + place),
    )
    yield { seqs, downTo: downTo * CHUNK_EVENTS, chunks: chunks.length }
  }
}
