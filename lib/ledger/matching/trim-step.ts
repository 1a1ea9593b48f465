import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { CHUNK_EVENTS, eachMention, SPAN_CHUNKS } from '@/lib/ledger/mentions/layout'
import { type ChunkMentions, readMentionChunks, takeMentions } from '@/lib/ledger/mentions/take-mentions'
import { chunkOf, spanOf } from '@/lib/ledger/mentions/write-mentions'
import { type MatchingState, writeMatchingState } from './matching-state'
import type { ReferenceCache } from './reference-cache'
import { discountReferences } from './write-references'

/** Chunks of one transaction: some 30,000 events, 50 ms. */
const TRIM_CHUNKS = 64

/** Forgets what events below `firstSeq` mention: their time of retention has passed. */
export async function trimStep(
  tx: Transaction,
  state: MatchingState,
  firstSeq: number,
  cache: ReferenceCache,
): Promise<void> {
  const { tenantId } = state
  const rows = await tx.execute<ChunkMentions>(sql`
    select chunk, actors, targets from ledger_mentions
    where tenant_id = ${tenantId} and chunk <= ${chunkOf(firstSeq - 1)} order by chunk limit ${TRIM_CHUNKS}`)
  const last = rows.at(-1)
  const end =
    rows.length === TRIM_CHUNKS && last ? Math.min(firstSeq, (last.chunk + 1) * CHUNK_EVENTS) : firstSeq
  const counts = await takeMentions(tx, tenantId, rows, (seq) => seq < end)
  if ((await discountReferences(tx, tenantId, counts)) > 0) cache.forget(tenantId)
  await dropSpans(tx, tenantId, [...counts.keys()], end)
  await writeMatchingState(tx, tenantId, { firstSeq: end, nextSeq: Math.max(state.nextSeq, end) })
}

/**
 * Drops the spans below `end` of references that lost mentions, and the one around it of those that have none left in
 * it: they are told of only now, and what stayed would stay for ever.
 */
async function dropSpans(
  tx: Transaction,
  tenantId: string,
  references: readonly number[],
  end: number,
): Promise<void> {
  if (references.length === 0) return
  const span = spanOf(end)
  const [left] = await readMentionChunks(tx, tenantId, [chunkOf(end)])
  const kept = new Set<number>()
  for (const bytes of left ? [left.actors, left.targets] : [])
    eachMention(bytes, (_, reference) => kept.add(reference))
  const list = (ids: readonly number[]) => `{${ids.join(',')}}`
  await tx.execute(sql`delete from ledger_spans where tenant_id = ${tenantId} and span < ${span}
    and reference_id = any(${list(references)}::int[])`)
  // Of a chunk that was cut in its middle, only what is left in it counts.
  const gone = references.filter((id) => !kept.has(id))
  await tx.execute(sql`delete from ledger_spans where tenant_id = ${tenantId} and span = ${span}
    and reference_id = any(${list(gone)}::int[]) and chunks & ${bitsAbove(chunkOf(end) % SPAN_CHUNKS)}::bigint = 0`)
}

/** All bits of a bigint above one, as text. */
const bitsAbove = (bit: number): string => BigInt.asIntN(64, -2n << BigInt(bit)).toString()
