import { sentence } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'

/** What the table shows of an event; the rest stays on the server. */
export type TrailRow = Pick<
  StoredEvent,
  'id' | 'seq' | 'occurredAt' | 'level' | 'type' | 'action' | 'status'
> & {
  actor?: string
  target?: string
  ip?: string
  text: string
}

export function toTrailRow(event: StoredEvent): TrailRow {
  const { id, seq, occurredAt, level, type, action, status, actor } = event
  return {
    id,
    seq,
    occurredAt,
    level,
    type,
    action,
    status,
    actor: actor?.login ?? actor?.identity ?? actor?.id,
    target: event.targets?.slice(0, 2).find((target) => target.name)?.name,
    ip: actor?.ip,
    text: event.message ?? sentence(event),
  }
}
