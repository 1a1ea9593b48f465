import type { Database } from '@/db/client'
import type { MatchedEvent } from '@/lib/ledger/matched/matched-event'
import { readMatched } from '@/lib/ledger/matched/read-matched'
import type { ForwardedEvent } from './forwarded-event'

/**
 * The events with what the ledger knew behind them in a generation of matches, which gives the same at any time. 0 is
 * before the first match, so they carry that nothing was found; with `null` they carry none.
 */
export async function carryMatches(
  db: Database,
  tenantId: string,
  events: readonly ForwardedEvent[],
  generation: number | 'latest' | null,
): Promise<readonly ForwardedEvent[]> {
  if (generation === null || events.length === 0) return events
  const found: ReadonlyMap<number, MatchedEvent> =
    generation === 0
      ? new Map()
      : await readMatched(db, tenantId, events, generation === 'latest' ? undefined : generation)
  return events.map((event) => ({ ...event, matched: found.get(event.seq) ?? {} }))
}
