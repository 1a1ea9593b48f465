import type { TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { newEventId } from '@/lib/event/event-id'

const WORKING: Record<DestinationRole, string> = {
  forwarding: 'forwarding works',
  channel: 'this channel works',
}

/**
 * A made-up event, marked so that nobody takes it for one of the trail: a type of our own, no place, no leaf. The ledger
 * knows nobody in it.
 */
export function testEvent(
  scope: TenantScope,
  role: DestinationRole,
  { carriesMatches }: { carriesMatches: boolean },
): ForwardedEvent {
  const now = new Date()
  const occurredAt = now.toISOString()
  const event = {
    type: 'trail.test',
    action: 'tested',
    message: `A test event of Spoor. If you read this, ${WORKING[role]}.`,
    actor: { login: scope.principal.login },
    level: 'info' as const,
    occurredAt,
  }
  return {
    ...event,
    seq: -1,
    id: newEventId(now.getTime()),
    receivedAt: occurredAt,
    actorLogin: scope.principal.login,
    targetName: null,
    source: null,
    dataSource: null,
    origin: 'test',
    leafHash: '0'.repeat(64),
    body: JSON.stringify(event),
    ...(carriesMatches && { matched: {} }),
  }
}
