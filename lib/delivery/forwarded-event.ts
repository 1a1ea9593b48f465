import type { Level } from '@/lib/event/levels'

/** An event on its way out. Times are RFC 3339 UTC with three decimals; `leafHash` is hex. */
export type ForwardedEvent = {
  seq: number
  id: string
  receivedAt: string
  occurredAt: string
  level: Level
  type: string
  action: string
  message: string | null
  actorLogin: string | null
  targetName: string | null
  source: string | null
  dataSource: string | null
  origin: string
  leafHash: string
  /** The JSON text that was accepted, byte for byte; of an erased event what `shownBody` makes of it. */
  body: string
}

/**
 * The event as JSON text: what the trail added, then what was accepted, whose bytes are not parsed and written
 * again. The members are those of `GET /api/v1/events`, and `checkpoint` where a receiver shall remember it.
 */
export function toEventJson(
  { id, seq, receivedAt, leafHash, origin, body }: ForwardedEvent,
  checkpoint?: string,
): string {
  const rest = JSON.stringify({ origin, ...(checkpoint && { checkpoint }) }).slice(1, -1)
  // Written by hand a third of the time: what is a UUID, a moment or hex needs no escapes.
  return `{"id":"${id}","seq":${seq},"receivedAt":"${receivedAt}","leafHash":"${leafHash}",${rest},${body.slice(1)}`
}

/** One line for people, from the columns alone. */
export function toEventLine({ message, actorLogin, action, targetName }: ForwardedEvent): string {
  return message || [actorLogin, action, targetName].filter(Boolean).join(' ')
}
