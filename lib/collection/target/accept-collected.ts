import type { AcceptedEvent } from '@/lib/event/accept-event'
import type { CollectedEvent } from './to-collected-event'

/**
 * The door for events of `toCollectedEvent`, and for no others: they were checked there as `acceptEvent` checks, which
 * `accept-collected.test.ts` holds them to with random values, so they need not be checked twice.
 */
export function acceptCollected(event: CollectedEvent): AcceptedEvent {
  return { event, body: JSON.stringify(event) }
}
