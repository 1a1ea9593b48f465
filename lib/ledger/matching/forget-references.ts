import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { readMentionChunks, takeMentions } from '@/lib/ledger/mentions/take-mentions'
import { chunkOf, noteSpans, spanOf } from '@/lib/ledger/mentions/write-mentions'
import { MentionCollector } from './collect-mentions'
import { lockMatchingState, type MatchingState, writeMatchingState } from './matching-state'
import type { NamedEvent } from './read-events'
import { referenceCache } from './reference-cache'
import { type Resolved, resolveReferences } from './resolve-references'
import { discountReferences } from './write-references'

/** What is left of an event whose values are being erased, as JSON. */
export type LeftEvent = { seq: number; body: string }

/**
 * Takes out of references and mentions what events are about to lose; with what is left of them they are matched anew.
 * In the transaction that erases, behind `lockBlocks` and before `recordEvent`: it locks the state of matching.
 */
export async function forgetReferences(
  tx: Transaction,
  tenantId: string,
  left: readonly LeftEvent[],
): Promise<void> {
  const found = await lockMatchingState(tx, tenantId)
  const changed = found ? left.filter(({ seq }) => seq >= found.firstSeq && seq < found.nextSeq) : []
  if (!found || changed.length === 0) return
  const seqs = new Set(changed.map(({ seq }) => seq))
  const columns: Pick<Resolved, 'actors' | 'targets'>[] = []
  let state: MatchingState = found
  for (const events of bySpan(await readLeft(tx, tenantId, changed))) {
    const collector = new MentionCollector(() => undefined)
    collector.add(events)
    const resolved = await resolveReferences(tx, state, collector.collected, Number.POSITIVE_INFINITY)
    if (!resolved) throw new Error('references that were just looked up are gone')
    const { nextReference, generation } = resolved
    state = { ...state, nextReference, generation }
    columns.push(resolved)
    await noteSpans(tx, tenantId, spanOf((events[0] as NamedEvent).seq), resolved.touched)
  }
  const rows = await readMentionChunks(tx, tenantId, [...new Set([...seqs].map(chunkOf))])
  const counts = await takeMentions(tx, tenantId, rows, (seq) => seqs.has(seq), columns)
  await discountReferences(tx, tenantId, counts)
  referenceCache.forget(tenantId)
  const { nextReference, generation } = state
  await writeMatchingState(tx, tenantId, { nextReference, generation })
}

async function readLeft(
  tx: Transaction,
  tenantId: string,
  changed: readonly LeftEvent[],
): Promise<NamedEvent[]> {
  const rows = await tx.execute<{ seq: number; origin: string }>(sql`
    select seq::float8 as seq, origin from events where tenant_id = ${tenantId}
      and seq = any(${`{${changed.map(({ seq }) => seq).join(',')}}`}::bigint[])`)
  const originOf = new Map(rows.map(({ seq, origin }) => [seq, origin]))
  return changed
    .map(({ seq, body }) => ({ seq, origin: originOf.get(seq) ?? '', body: JSON.parse(body) }))
    .sort((x, y) => x.seq - y.seq)
}

function bySpan(events: readonly NamedEvent[]): NamedEvent[][] {
  const spans = new Map<number, NamedEvent[]>()
  for (const event of events) {
    const own = spans.get(spanOf(event.seq))
    if (own) own.push(event)
    else spans.set(spanOf(event.seq), [event])
  }
  return [...spans.values()]
}
