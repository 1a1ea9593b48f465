import { hashText } from './hash-text'
import type { Primitives } from './primitives'

/** An object with more members is one slot. */
const MAX_SLOTS_OF_MEMBER = 32
/** Bytes of a name's hash: short, and no two names of a file meet by chance. */
const KEY_LENGTH = 6
/** Names repeat from event to event; those of a file that was made to fill the memory are not kept. */
const MAX_KEPT = 4096
const MAX_KEPT_NAME = 128
const NO_MEMBER = '\0'.repeat(KEY_LENGTH)
/** What can name a slot, or all slots of a member: RFC 6901 with one step or two. */
const POINTER = /^(?:\/(?:[^~/]|~[01])*){1,2}$/

/** Two keys for each slot that an event still shows: its member's, and its own in there if it is not the whole. */
export type ShownSlots = string

const kept = new Map<string, string>()

function keyOf(sha256: Primitives['sha256'], name: string): string {
  const known = kept.get(name)
  if (known !== undefined) return known
  const key = hashText(sha256, '', name).slice(0, KEY_LENGTH)
  if (kept.size < MAX_KEPT && name.length <= MAX_KEPT_NAME) kept.set(name, key)
  return key
}

/** `/actor/login` is `/login` in `/actor`; `/actor` is that and nothing. */
function splitPointer(pointer: string): [member: string, inner: string] {
  const at = pointer.indexOf('/', 1)
  return at < 0 ? [pointer, ''] : [pointer.slice(0, at), pointer.slice(at)]
}

/** Packs the pointers of an event's slots: names may be long, and many events wait for what explains them. */
export function packSlots(sha256: Primitives['sha256'], pointers: Iterable<string>): ShownSlots {
  const keys: string[] = []
  for (const pointer of pointers) {
    const [member, inner] = splitPointer(pointer)
    keys.push(keyOf(sha256, member), inner === '' ? NO_MEMBER : keyOf(sha256, inner))
  }
  return keys.join('')
}

function unpackSlots(shown: ShownSlots): Map<string, Set<string>> {
  const members = new Map<string, Set<string>>()
  for (let at = 0; at < shown.length; at += 2 * KEY_LENGTH) {
    const member = shown.slice(at, at + KEY_LENGTH)
    const inner = members.get(member) ?? new Set()
    members.set(member, inner.add(shown.slice(at + KEY_LENGTH, at + 2 * KEY_LENGTH)))
  }
  return members
}

/**
 * How many values can have been erased from an event by these pointers: of what it still shows none, and of a member
 * as many as an object of it can have had beside those that are left.
 */
export function countErasable(
  sha256: Primitives['sha256'],
  pointers: ReadonlySet<string>,
  shown: ShownSlots,
): number {
  if (pointers.has('')) return Number.POSITIVE_INFINITY
  const left = unpackSlots(shown)
  const erasable = new Map<string, number>()
  for (const pointer of pointers) {
    if (!POINTER.test(pointer)) continue
    const [member, inner] = splitPointer(pointer)
    const inside = left.get(keyOf(sha256, member))
    const most = inside?.has(NO_MEMBER) ? 0 : MAX_SLOTS_OF_MEMBER - (inside?.size ?? 0)
    const more = inner === '' ? most : inside?.has(keyOf(sha256, inner)) ? 0 : 1
    erasable.set(member, Math.min(most, (erasable.get(member) ?? 0) + more))
  }
  return [...erasable.values()].reduce((sum, count) => sum + count, 0)
}
