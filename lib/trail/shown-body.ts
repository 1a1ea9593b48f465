import { LEVELS } from '@/lib/event/levels'

/** What of a row is needed to show it: the columns stand for members that were erased and that every event has. */
export type ErasableRow = {
  body: string
  redaction: unknown
  type: string
  action: string
  level: number
  receivedAt: Date
}

/**
 * The event's JSON text as it leaves us: the accepted bytes; of one from which values were erased, what is left, marked
 * and filled up with what every event has: `type` and `action` are then `erased`, unless they are still known.
 */
export function shownBody({ body, redaction, type, action, level, receivedAt }: ErasableRow): string {
  if (redaction === null) return body
  const members = { type, action, level: LEVELS[level] ?? 'info', occurredAt: receivedAt.toISOString() }
  return JSON.stringify({ erased: true, ...members, ...JSON.parse(body) })
}
