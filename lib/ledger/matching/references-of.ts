import { createHash } from 'node:crypto'
import type { EventInput } from '@/lib/event/event-input'

/** What events of one source call somebody or something: all that a match may depend on, but for the time. */
export type Reference = {
  origin: string
  role: 'actor' | 'target'
  type: string | null
  /** Parameters 1 to 4 of rules. */
  name: string | null
  parent: string | null
  identity: string | null
  refId: string | null
}

/** Of an event: `targets` has a place for each of its targets, null where it is not named. */
export type EventReferences = { actor: Reference | null; targets: (Reference | null)[] }

/** Windows and syslog write it where there is nobody and nothing to name. */
const NOTHING = '-'
const named = (value: string | undefined): string | null =>
  value === undefined || value === NOTHING ? null : value

/** The references of an event's body, as shown (erased values are none). */
export function referencesOf(
  origin: string,
  { actor, targets }: Pick<EventInput, 'actor' | 'targets'>,
): EventReferences {
  return {
    actor: actor ? actorOf(origin, actor) : null,
    targets: (targets ?? []).map((target) => targetOf(origin, target)),
  }
}

function actorOf(origin: string, actor: NonNullable<EventInput['actor']>): Reference | null {
  const [name, identity, refId] = [named(actor.login), named(actor.identity), named(actor.id)]
  if ((name ?? identity ?? refId) === null) return null
  return { origin, role: 'actor', type: null, name, parent: named(actor.repository), identity, refId }
}

function targetOf(origin: string, target: NonNullable<EventInput['targets']>[number]): Reference | null {
  const [name, refId] = [named(target.name), named(target.id)]
  if ((name ?? refId) === null) return null
  const [type, parent] = [target.type ?? null, named(target.parent)]
  return { origin, role: 'target', type, name, parent, identity: null, refId }
}

/** What tells a reference from all others of its tenant, as text. */
export const referenceText = ({ origin, role, type, name, parent, identity, refId }: Reference): string =>
  JSON.stringify([origin, role, type, name, parent, identity, refId])

/** The same in 16 bytes, as it is stored and looked up. */
export const referenceDigest = (text: string): Buffer =>
  createHash('sha256').update(text).digest().subarray(0, 16)
