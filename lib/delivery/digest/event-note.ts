import { z } from 'zod'
import { readOutgoing } from '@/lib/delivery/encodings/outgoing-event'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { withMatchedName, withMatchedNames } from '@/lib/delivery/matched-names'
import { LEVELS } from '@/lib/event/levels'
import { cutLine } from '@/lib/event/one-line'
import { titleOf } from '@/lib/event/sentence'

/** What a message to people says of one event. Everything in it was written by others. */
export const eventNoteSchema = z.strictObject({
  id: z.string(),
  seq: z.number(),
  /** When it happened, RFC 3339 UTC. */
  at: z.string(),
  level: z.enum(LEVELS),
  type: z.string(),
  action: z.string(),
  /** One sentence. */
  title: z.string(),
  actor: z.string().optional(),
  ip: z.string().optional(),
  target: z.string().optional(),
  status: z.string().optional(),
})
export type EventNote = z.infer<typeof eventNoteSchema>

/** A longer name hides the rest of the line. The trail has it whole. */
const MAX_NAME_LENGTH = 120
export const shortenName = (name: string): string => cutLine(name, MAX_NAME_LENGTH)

/** What people are told of an event, with names of the ledger, from what is left of it after masking. Pure. */
export function toEventNote(event: ForwardedEvent): EventNote {
  const stored = readOutgoing(event)
  const { matched } = event
  const actor = withMatchedName(event.actorLogin, matched?.actor)
  const target = withMatchedName(event.targetName, matched?.targets?.[0])
  const ip = stored.actor?.ip
  const status = stored.status
  return {
    id: event.id,
    seq: event.seq,
    at: event.occurredAt,
    level: event.level,
    type: event.type,
    action: event.action,
    title: titleOf(withMatchedNames(stored, matched)),
    ...(actor && { actor: shortenName(actor) }),
    ...(ip && { ip }),
    ...(target && { target: shortenName(target) }),
    ...(status && { status }),
  }
}
