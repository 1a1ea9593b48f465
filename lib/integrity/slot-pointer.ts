import { pointerStep } from './json-pointer'

/** The RFC 6901 pointer of a slot: its text, its UTF-8, and the opening of its canonical pair, `["pointer",`. */
export type SlotPointer = { text: string; utf8: Buffer; opening: Buffer }

/** Names repeat from event to event; the bounds keep clients' own names in `data` from growing the process. */
const MAX_CACHED = 4096
const MAX_CACHED_LENGTH = 128

type Names = { whole: SlotPointer; members: Map<string, SlotPointer> }
const cache = new Map<string, Names>()
let cached = 0

function make(text: string): SlotPointer {
  return { text, utf8: Buffer.from(text), opening: Buffer.from(`[${JSON.stringify(text)},`) }
}

const mayCache = ({ text }: SlotPointer) => cached < MAX_CACHED && text.length <= MAX_CACHED_LENGTH

function namesOf(name: string): Names {
  const found = cache.get(name)
  if (found) return found
  const names = { whole: make(pointerStep(name)), members: new Map<string, SlotPointer>() }
  if (mayCache(names.whole)) {
    cache.set(name, names)
    cached++
  }
  return names
}

/**
 * The pointer of an event's member, or of a member of that. Found by the names as they are: to join them into
 * a pointer only to look it up would cost more than the look-up.
 */
export function slotPointer(name: string, member?: string): SlotPointer {
  const { whole, members } = namesOf(name)
  if (member === undefined) return whole
  const found = members.get(member)
  if (found) return found
  const pointer = make(whole.text + pointerStep(member))
  if (mayCache(pointer)) {
    members.set(member, pointer)
    cached++
  }
  return pointer
}
