import type { EventMatches } from '@/components/trail/event-matches'
import type { TenantScope } from '@/lib/access/scope'
import type { StoredEvent } from '@/lib/event/stored-event'
import { readMatchOrigins } from '@/lib/ledger/matched/read-match-origins'
import { readMatchedEvents } from '@/lib/ledger/matched/read-matched-events'

/** What the ledger knows of an event, and how; undefined where that is nothing. */
export async function readMatches(scope: TenantScope, event: StoredEvent): Promise<EventMatches | undefined> {
  const matched = (await readMatchedEvents(scope, [event])).get(event.seq)
  if (!matched) return undefined
  const origins = await readMatchOrigins(scope, event)
  return { matched, origins, slug: scope.tenantSlug, mayRead: scope.permissions.has('ledger:read') }
}
