import type { TenantScope } from '@/lib/access/scope'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { MatchedEvent } from '@/lib/ledger/matched/matched-event'
import { readMatchedEvents } from '@/lib/ledger/matched/read-matched-events'

/** An event, where wanted beside what the ledger knows of it. */
export type ShownEvent = StoredEvent & { matched?: MatchedEvent }

/** The same events, each with `matched` if the parameter of that name says so. */
export async function withMatched(
  scope: TenantScope,
  events: readonly StoredEvent[],
  wanted: 'true' | 'false',
): Promise<ShownEvent[]> {
  if (wanted === 'false') return [...events]
  const found = await readMatchedEvents(scope, events)
  return events.map((event) => ({ ...event, matched: found.get(event.seq) ?? {} }))
}
