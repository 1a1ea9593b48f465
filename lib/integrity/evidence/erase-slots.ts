import { eventSlots, slotDigest } from '@/lib/integrity/leaf'
import { slotPointer } from '@/lib/integrity/slot-pointer'
import { erasedDigests, type Redaction, type SlotSecrets, slotSalt } from './slot-secrets'

export type Erasure = {
  /** The event without the erased values. */
  event: Record<string, unknown>
  /** Takes the place of the seed, which must be forgotten: with it, erased values could be guessed and tried. */
  redaction: Redaction
  /** Pointers of the slots that were erased now; none if none of the pointers named a value. */
  removed: string[]
}

/** Whether a pointer names a slot or something around it; the empty pointer names the whole event. */
const covers = (pointer: string, slot: string) => slot === pointer || slot.startsWith(`${pointer}/`)

function removeSlots(event: Record<string, unknown>, removed: ReadonlySet<string>): Record<string, unknown> {
  const kept: [string, unknown][] = []
  for (const [name, value] of Object.entries(event)) {
    if (removed.has(slotPointer(name).text)) continue
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    const members = isObject ? Object.entries(value) : []
    const left = members.filter(([member]) => !removed.has(slotPointer(name, member).text))
    if (left.length === members.length) kept.push([name, value])
    // An object that lost all its members goes: as {} it would be a slot that never was.
    else if (left.length > 0) kept.push([name, Object.fromEntries(left)])
  }
  return Object.fromEntries(kept)
}

const base64 = (latin1: string) => Buffer.from(latin1, 'latin1').toString('base64')

/**
 * Erases values from an event so that its leaf stays as it is and the other values stay provable. A pointer
 * (RFC 6901) names a slot (`/actor/login`), all slots of a member (`/actor`), or everything (the empty one).
 * An event can be erased again: then `secrets` is the redaction from before.
 */
export function eraseSlots(
  event: Record<string, unknown>,
  secrets: SlotSecrets,
  pointers: readonly string[],
): Erasure {
  const salts: Record<string, string> = {}
  const removed = new Set<string>()
  const gone = erasedDigests(secrets)
  for (const slot of eventSlots(event)) {
    const { text } = slot.pointer
    const salt = slotSalt(slot, secrets)
    if (!pointers.some((pointer) => covers(pointer, text))) salts[text] = base64(salt)
    else {
      removed.add(text)
      gone.push(slotDigest(salt, slot))
    }
  }
  // Sorted, so that their order says nothing of what they were.
  const redaction = { salts, redacted: gone.sort().map(base64) }
  return { event: removeSlots(event, removed), redaction, removed: [...removed] }
}
