import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import type { StoredEvent } from '@/lib/event/stored-event'

/** The event with all its fields, for encodings that give them other names. */
export function readOutgoing(event: ForwardedEvent): StoredEvent {
  const { body, id, seq, receivedAt, leafHash, origin, type, action, level, occurredAt } = event
  const required = { type, action, level, occurredAt }
  return { ...required, ...JSON.parse(body), id, seq, receivedAt, leafHash, origin }
}

/** The object without the members that are missing or empty, so that no receiver gets a column of nulls. */
export function compact(members: Record<string, unknown>): Record<string, unknown> | undefined {
  const present = Object.entries(members).filter(([, value]) => value !== undefined && value !== null)
  return present.length > 0 ? Object.fromEntries(present) : undefined
}
