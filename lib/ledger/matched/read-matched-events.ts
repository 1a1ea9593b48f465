import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { MatchedEvent } from './matched-event'
import { type MatchableEvent, readMatched } from './read-matched'

/** What the ledger knows behind the actors and targets of a page of events, by seq. Events without matches are left out. */
export async function readMatchedEvents(
  scope: TenantScope,
  events: readonly MatchableEvent[],
): Promise<Map<number, MatchedEvent>> {
  requirePermission(scope, 'events:read')
  if (events.length === 0) return new Map()
  return inTenant(scope, (tx) => readMatched(tx, scope.tenantId, events))
}
