import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { CHUNK_EVENTS, encodeMentions, type Mention, SPAN_CHUNKS } from './layout'

/** Mentions by their events, in ascending order of seqs. */
export type MentionColumn = { seqs: readonly number[]; ids: readonly number[] }

/** How often references were met, in which chunks of one span, and in which event last. */
export type Touched = { id: number; events: number; lastSeq: number; chunks: bigint }

export const chunkOf = (seq: number): number => Math.floor(seq / CHUNK_EVENTS)
export const spanOf = (seq: number): number => Math.floor(chunkOf(seq) / SPAN_CHUNKS)

const bytesText = (bytes: Buffer) => `"\\\\x${bytes.toString('hex')}"`

/** Puts mentions of events behind those that are there. */
export async function appendMentions(
  tx: Transaction,
  tenantId: string,
  columns: { actors: MentionColumn; targets: MentionColumn },
): Promise<void> {
  const actors = byChunk(columns.actors)
  const targets = byChunk(columns.targets)
  const chunks = [...new Set([...actors.keys(), ...targets.keys()])].sort((x, y) => x - y)
  if (chunks.length === 0) return
  const list = (of: Map<number, Mention[]>) =>
    `{${chunks.map((chunk) => bytesText(encodeMentions(of.get(chunk) ?? []))).join(',')}}`
  await tx.execute(sql`
    insert into ledger_mentions as m (tenant_id, chunk, actors, targets)
    select ${tenantId}::uuid, * from unnest(${`{${chunks.join(',')}}`}::int[], ${list(actors)}::bytea[], ${list(targets)}::bytea[])
    on conflict (tenant_id, chunk) do update
      set actors = m.actors || excluded.actors, targets = m.targets || excluded.targets`)
}

/** Mentions of events by the chunks that they are in. */
export function byChunk({ seqs, ids }: MentionColumn): Map<number, Mention[]> {
  const chunks = new Map<number, Mention[]>()
  for (const [i, seq] of seqs.entries()) {
    const chunk = chunkOf(seq)
    const mentions = chunks.get(chunk)
    const mention = { place: seq % CHUNK_EVENTS, reference: ids[i] as number }
    if (mentions) mentions.push(mention)
    else chunks.set(chunk, [mention])
  }
  return chunks
}

/** What a batch of events of one span says of its references, by their ids in ascending order. */
export function touchedBy(...columns: readonly MentionColumn[]): Touched[] {
  const touched = new Map<number, { events: number; lastSeq: number; low: number; high: number }>()
  for (const { seqs, ids } of columns)
    for (const [i, id] of ids.entries()) {
      const seq = seqs[i] as number
      const bit = chunkOf(seq) % SPAN_CHUNKS
      const one = touched.get(id) ?? { events: 0, lastSeq: seq, low: 0, high: 0 }
      if (one.events === 0) touched.set(id, one)
      one.events++
      one.lastSeq = Math.max(one.lastSeq, seq)
      if (bit < 32) one.low |= 1 << bit
      else one.high |= 1 << (bit - 32)
    }
  return [...touched]
    .map(([id, { low, high, ...one }]) => ({
      id,
      ...one,
      chunks: BigInt.asIntN(64, (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)),
    }))
    .sort((x, y) => x.id - y.id)
}

/** Notes in which chunks of the span references occur. */
export async function noteSpans(
  tx: Transaction,
  tenantId: string,
  span: number,
  touched: readonly Touched[],
): Promise<void> {
  if (touched.length === 0) return
  await tx.execute(sql`
    insert into ledger_spans as s (tenant_id, reference_id, span, chunks)
    select ${tenantId}::uuid, id, ${span}::int, chunks from unnest(
      ${`{${touched.map(({ id }) => id).join(',')}}`}::int[],
      ${`{${touched.map(({ chunks }) => chunks).join(',')}}`}::bigint[]) as t (id, chunks)
    on conflict (tenant_id, reference_id, span) do update set chunks = s.chunks | excluded.chunks
      where s.chunks | excluded.chunks <> s.chunks`)
}
