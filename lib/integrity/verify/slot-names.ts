import { refuse } from './refusal'

/** A slot's RFC 6901 pointer, and how the canonical pair of pointer and value begins. */
export type SlotName = { pointer: string; opening: string }

/** Names repeat from event to event; those of a file that was made to fill the memory are not kept. */
const MAX_KEPT = 4096
type Names = { whole: SlotName; members: Map<string, SlotName> }
const kept = new Map<string, Names>()
let count = 0

const escapeName = (name: string) => name.replace(/~/g, '~0').replace(/\//g, '~1')

function nameOf(pointer: string): SlotName {
  // Its UTF-8 would be that of another name as well.
  if (!pointer.isWellFormed()) refuse('event_malformed', 'A name of the event has half of a surrogate pair.')
  return { pointer, opening: `[${JSON.stringify(pointer)},` }
}

function namesOf(name: string): Names {
  const known = kept.get(name)
  if (known) return known
  const names = { whole: nameOf(`/${escapeName(name)}`), members: new Map<string, SlotName>() }
  if (count++ < MAX_KEPT) kept.set(name, names)
  return names
}

/** The slot of a member that is not split. */
export const wholeSlot = (name: string): SlotName => namesOf(name).whole

/** The slot of a member's member. */
export function memberSlot(name: string, member: string): SlotName {
  const { whole, members } = namesOf(name)
  const known = members.get(member)
  if (known) return known
  const made = nameOf(`${whole.pointer}/${escapeName(member)}`)
  if (count++ < MAX_KEPT) members.set(member, made)
  return made
}
