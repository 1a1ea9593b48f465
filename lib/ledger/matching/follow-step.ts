import type { Transaction } from '@/db/client'
import { CHUNK_EVENTS } from '@/lib/ledger/mentions/layout'
import { appendMentions, noteSpans, spanOf } from '@/lib/ledger/mentions/write-mentions'
import { MentionCollector } from './collect-mentions'
import { type MatchingState, writeMatchingState } from './matching-state'
import { readNamedEvents } from './read-events'
import type { ReferenceCache } from './reference-cache'
import { resolveReferences } from './resolve-references'

/** Events read at a time: while some are read, those before are looked at. */
const READ_EVENTS = 4 * CHUNK_EVENTS
/** Events of one transaction. A divisor of a span, so that they are in one. */
const FOLLOW_EVENTS = 8 * READ_EVENTS
/**
 * Reading ends after so long; to write what was read takes about as long again. Who is a whole transaction behind takes
 * larger ones: each name is then counted once for more events, and nobody waits for the first of them.
 */
const READ_MS = { near: 60, behind: 300 }
/** New references of one transaction: to match them takes some 50 ms; behind, as long as the reading. */
const MAX_NEW = { near: 1024, behind: 8192 }

export type Followed = {
  events: number
  /** New references, which were matched. */
  references: number
  /** To be called when the transaction is committed. */
  remember(): void
}

/** Matches the next events of [state.nextSeq, head): their references, where they occur, and how often. */
export async function followStep(
  tx: Transaction,
  state: MatchingState,
  head: number,
  cache: ReferenceCache,
): Promise<Followed> {
  const { tenantId, nextSeq } = state
  const collector = new MentionCollector((text) => cache.find(tenantId, text))
  const pace = head - nextSeq > FOLLOW_EVENTS ? 'behind' : 'near'
  const next = await collectFrom(tx, tenantId, collector, {
    from: nextSeq,
    to: Math.min(head, nextSeq - (nextSeq % FOLLOW_EVENTS) + FOLLOW_EVENTS),
    pace,
  })
  const resolved = await resolveReferences(tx, state, collector.collected, MAX_NEW[pace])
  if (!resolved) {
    cache.forget(tenantId)
    throw new StaleReferences()
  }
  const { touched, found, cutSeq, nextReference, generation, actors, targets } = resolved
  const end = cutSeq ?? next
  // One behind the other on the same connection, without waiting in between.
  await Promise.all([
    appendMentions(tx, tenantId, { actors, targets }),
    noteSpans(tx, tenantId, spanOf(nextSeq), touched),
    writeMatchingState(tx, tenantId, { nextSeq: end, nextReference, generation }),
  ])
  return {
    events: end - nextSeq,
    references: resolved.matched,
    remember: () => {
      for (const { text, id } of found) cache.remember(tenantId, text, id)
    },
  }
}

/** Collects the mentions of events until time is up or too many references are unknown. Gives where it stopped. */
async function collectFrom(
  tx: Transaction,
  tenantId: string,
  collector: MentionCollector,
  { from, to, pace }: { from: number; to: number; pace: keyof typeof READ_MS },
): Promise<number> {
  const deadline = performance.now() + READ_MS[pace]
  const read = (seq: number) => readNamedEvents(tx, tenantId, seq, Math.min(to, seq + READ_EVENTS))
  let reading = read(from)
  for (;;) {
    const { events, next } = await reading
    const isOver =
      next >= to || performance.now() > deadline || collector.collected.unknown.length > MAX_NEW[pace]
    if (!isOver) reading = read(next)
    collector.add(events)
    if (isOver) return next
  }
}

/** References that the cache knew are gone: the transaction begins anew, without the cache. */
export class StaleReferences extends Error {
  constructor() {
    super('references were deleted meanwhile')
  }
}
