import { z } from 'zod'
import type { Encoder } from '@/lib/delivery/destinations/contract'
import { readOutgoing } from '@/lib/delivery/encodings/outgoing-event'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { LEVELS } from '@/lib/event/levels'
import { titleOf } from '@/lib/event/sentence'

/** Raise it when the encoder below gives other bytes for the same event. */
export const EMAIL_FORMAT_VERSION = 1

export const emailFormatSchema = z.strictObject({ tenant: z.string() })

/** What a letter says of an event. */
const noteSchema = z.strictObject({
  id: z.string(),
  seq: z.number(),
  at: z.string(),
  level: z.enum(LEVELS),
  type: z.string(),
  action: z.string(),
  title: z.string(),
  actor: z.string().optional(),
  ip: z.string().optional(),
  target: z.string().optional(),
  status: z.string().optional(),
})
export type EventNote = z.infer<typeof noteSchema>

function toNote(event: ForwardedEvent): EventNote {
  const stored = readOutgoing(event)
  const ip = stored.actor?.ip
  const status = stored.status
  return {
    id: event.id,
    seq: event.seq,
    at: event.occurredAt,
    level: event.level,
    type: event.type,
    action: event.action,
    title: titleOf(stored),
    ...(event.actorLogin && { actor: event.actorLogin }),
    ...(ip && { ip }),
    ...(event.targetName && { target: event.targetName }),
    ...(status && { status }),
  }
}

/** What is frozen of a batch is what the letter needs, a JSON line an event: every try makes the same letter of it. */
export const emailEncoder: Encoder = {
  encode: (event) => JSON.stringify(toNote(event)),
  join: (items) => items.map((item) => `${item}\n`).join(''),
  overheadBytes: 1,
}

export function readNotes(body: Uint8Array): EventNote[] {
  const lines = new TextDecoder().decode(body).split('\n').filter(Boolean)
  return lines.map((line) => noteSchema.parse(JSON.parse(line)))
}
