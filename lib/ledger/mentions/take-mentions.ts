import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { CHUNK_EVENTS, eachMention, encodeMentions, type Mention } from './layout'
import { byChunk, type MentionColumn } from './write-mentions'

export type ChunkMentions = { chunk: number; actors: Buffer; targets: Buffer }

/** Chunks by their numbers in ascending order. */
export async function readMentionChunks(
  tx: Transaction,
  tenantId: string,
  chunks: readonly number[],
): Promise<ChunkMentions[]> {
  const rows = await tx.execute<ChunkMentions>(sql`
    select chunk, actors, targets from ledger_mentions
    where tenant_id = ${tenantId} and chunk = any(${`{${chunks.join(',')}}`}::int[]) order by chunk`)
  return [...rows]
}

/**
 * A column without the mentions of events for which `isGone`, which are counted by reference, and with the added ones:
 * in ascending order of places.
 */
function rewrite(
  { chunk, bytes, added }: { chunk: number; bytes: Buffer; added: readonly Mention[] },
  isGone: (seq: number) => boolean,
  counts: Map<number, number>,
): Buffer {
  const left: Mention[] = []
  eachMention(bytes, (place, reference) => {
    if (isGone(chunk * CHUNK_EVENTS + place)) counts.set(reference, (counts.get(reference) ?? 0) + 1)
    else left.push({ place, reference })
  })
  return encodeMentions([...left, ...added].sort((x, y) => x.place - y.place))
}

/**
 * Takes the mentions of events out of chunks, and puts others of them in; gives how many it took of each reference.
 */
export async function takeMentions(
  tx: Transaction,
  tenantId: string,
  rows: readonly ChunkMentions[],
  isGone: (seq: number) => boolean,
  added: readonly { actors: MentionColumn; targets: MentionColumn }[] = [],
): Promise<Map<number, number>> {
  const counts = new Map<number, number>()
  const more = added.map((columns) => ({
    actors: byChunk(columns.actors),
    targets: byChunk(columns.targets),
  }))
  for (const { chunk, ...row } of rows) {
    const column = (side: 'actors' | 'targets') =>
      rewrite(
        { chunk, bytes: row[side], added: more.flatMap((columns) => columns[side].get(chunk) ?? []) },
        isGone,
        counts,
      )
    const actors = column('actors')
    const targets = column('targets')
    if (actors.equals(row.actors) && targets.equals(row.targets)) continue
    const isThis = sql`tenant_id = ${tenantId} and chunk = ${chunk}`
    if (actors.length + targets.length === 0)
      await tx.execute(sql`delete from ledger_mentions where ${isThis}`)
    else
      await tx.execute(
        sql`update ledger_mentions set actors = ${actors}, targets = ${targets} where ${isThis}`,
      )
  }
  return counts
}
