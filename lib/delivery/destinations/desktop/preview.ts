import type { Delivery, ShownMessage } from '@/lib/delivery/destinations/contract'
import { readDigest } from '@/lib/delivery/digest/digest'
import type { EventNote } from '@/lib/delivery/digest/event-note'
import type { Rule } from '@/lib/delivery/rules/rule'
import type { StoredEvent } from '@/lib/event/stored-event'
import { toBellNote } from '@/lib/notifications/bell-note'
import { toPopUp } from '@/lib/notifications/claim-notification'

/** What a pop-up about a delivery says, in the words of the bell. Pure. */
export function previewDesktop(rule: Rule | undefined, { stream, body }: Delivery): ShownMessage {
  const { events, levels, listed, alarms } = readDigest(body)
  const notes = alarms ? alarms.flatMap((alarm) => alarm.listed.slice(-1)) : listed
  const row = {
    number: 0,
    at: new Date(0),
    destinationId: stream.destinationId,
    message: null,
    path: null,
    events,
    levels,
    listed: notes.map(({ seq }) => seq),
    rule: rule ?? null,
    isUnread: true,
    isFresh: true,
  }
  const stored = new Map(notes.map((note) => [note.seq, toStored(note)]))
  const { title, body: text } = toPopUp(toBellNote(row, stored, ''))
  return { subject: title, text }
}

/** As much of the event as the bell's words are made of. */
function toStored({ id, seq, at, level, type, action, title, actor, ip, target }: EventNote): StoredEvent {
  return {
    id,
    seq,
    level,
    type,
    action,
    message: title,
    occurredAt: at,
    receivedAt: at,
    leafHash: '',
    origin: '',
    actor: { ...(actor && { login: actor }), ...(ip && { ip }) },
    ...(target && { targets: [{ name: target }] }),
  }
}
