import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import type { EventInput } from '@/lib/event/event-input'
import { LEVELS, type Level } from '@/lib/event/levels'
import { shownBody } from '@/lib/trail/shown-body'

type Given = Partial<Pick<ForwardedEvent, 'seq' | 'id' | 'receivedAt' | 'origin'>>

const RECEIVED_AT = '2026-11-20T22:38:00.000Z'

/** The event as the trail would hand it on if it had accepted this: its columns say what its body says. */
export function outgoingEvent(input: EventInput, given: Given = {}): ForwardedEvent {
  const { receivedAt = RECEIVED_AT } = given
  const event = { ...input, level: input.level ?? 'info', occurredAt: input.occurredAt ?? receivedAt }
  return toForwarded(event.type, event.action, event.level, JSON.stringify(event), { ...given, receivedAt })
}

/** An event from which values were erased: `left` is what its body still has. */
export function erasedEvent(left: Partial<EventInput>, given: Given = {}): ForwardedEvent {
  const { receivedAt = RECEIVED_AT } = given
  const { type = 'erased', action = 'erased', level = 'info' } = left
  const row = { type, action, level: LEVELS.indexOf(level), receivedAt: new Date(receivedAt), redaction: {} }
  const body = shownBody({ ...row, body: JSON.stringify(left) })
  return toForwarded(type, action, level, body, { ...given, receivedAt })
}

function toForwarded(
  type: string,
  action: string,
  level: Level,
  body: string,
  given: Given & { receivedAt: string },
): ForwardedEvent {
  const shown = JSON.parse(body) as EventInput & { occurredAt: string }
  return {
    seq: 7,
    id: '0192c0de-0000-7000-8000-000000000007',
    origin: 'token:t1',
    leafHash: 'ab'.repeat(32),
    occurredAt: new Date(shown.occurredAt).toISOString(),
    ...given,
    type,
    action,
    level,
    message: shown.message ?? null,
    actorLogin: shown.actor?.login ?? null,
    targetName: shown.targets?.[0]?.name ?? null,
    source: shown.source ?? null,
    dataSource: shown.dataSource ?? null,
    body,
  }
}
