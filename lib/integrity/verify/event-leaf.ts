import { canonicalText } from './canonical-text'
import { hashText, leafHashOf } from './hash-text'
import type { Hash, Primitives } from './primitives'
import { refuse } from './refusal'
import { memberSlot, type SlotName, wholeSlot } from './slot-names'

const SALT_LENGTH = 16
/** An object with more members is one slot, as are an empty one, a list and anything else. */
const MAX_SPLIT = 32
/** NIST SP 800-56C: the counter before the secret. */
const KDF_COUNTER = '\x00\x00\x00\x01'
const CONTENT_CONTEXT = 'trail-content-v1\n'
const ENTRY_LENGTH = 148

/** How a slot's salt is known: all from the event's seed, or one by one where values were erased. */
export type Salts = { seed: string } | { salts: ReadonlyMap<string, string>; erased: readonly Hash[] }

export type LeafParts = {
  id: string
  receivedAt: string
  event: Record<string, unknown>
  salts: Salts
}

/** The names and values of an event's slots, in any order. */
function slotsOf(event: Record<string, unknown>): { names: SlotName[]; values: unknown[] } {
  const names: SlotName[] = []
  const values: unknown[] = []
  for (const name of Object.keys(event)) {
    const value = event[name]
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    const members = isObject ? Object.keys(value) : []
    if (members.length === 0 || members.length > MAX_SPLIT) {
      names.push(wholeSlot(name))
      values.push(value)
    } else
      for (const member of members) {
        names.push(memberSlot(name, member))
        values.push((value as Record<string, unknown>)[member])
      }
  }
  return { names, values }
}

/** The 16 bytes that each slot is salted with. */
function saltsOf(sha256: Primitives['sha256'], salts: Salts, names: readonly SlotName[]): string[] {
  if ('seed' in salts) {
    const secret = KDF_COUNTER + salts.seed
    return names.map(({ pointer }) => hashText(sha256, secret, pointer).slice(0, SALT_LENGTH))
  }
  if (salts.salts.size > names.length) refuse('event_malformed', 'There are salts without their values.')
  return names.map(
    ({ pointer }) =>
      salts.salts.get(pointer) ??
      refuse('event_malformed', `The value at ${pointer} comes without its salt.`),
  )
}

/** The leaf hash that the log must hold for this event: section 1 of the specification. */
export function deriveLeaf(sha256: Primitives['sha256'], { id, receivedAt, event, salts }: LeafParts): Hash {
  const { names, values } = slotsOf(event)
  const digests = saltsOf(sha256, salts, names).map((salt, i) =>
    hashText(sha256, salt, `${(names[i] as SlotName).opening}${canonicalText(values[i])}]`),
  )
  if ('erased' in salts) digests.push(...salts.erased)
  const content = btoa(hashText(sha256, CONTENT_CONTEXT + digests.sort().join(''), ''))
  const entry = canonicalText({ content, id, receivedAt, v: 1 })
  if (entry.length !== ENTRY_LENGTH)
    refuse('event_malformed', `The leaf entry has ${entry.length} bytes, not 148.`)
  return leafHashOf(sha256, entry)
}
