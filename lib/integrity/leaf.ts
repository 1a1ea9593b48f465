import { HashInput } from './hash-input'
import { canonicalJson } from './jcs'
import { sha256 } from './sha256'
import { type SlotPointer, slotPointer } from './slot-pointer'

/** Objects up to this size are split, so that each member can be erased alone. */
const MAX_SPLIT_MEMBERS = 32
const SALT_BYTES = 16
const SEED_BYTES = 32
/** NIST SP 800-56C one-step KDF: a 32-bit counter before the secret. */
const SALT_PREFIX = Buffer.from([0, 0, 0, 1])
const POINTER_START = SALT_PREFIX.length + SEED_BYTES
const CONTENT_PREFIX = Buffer.from('trail-content-v1\n')
/** RFC 6962: what is hashed is a leaf and not a node. */
const LEAF_PREFIX = Buffer.from([0])
const CLOSING_BRACKET = 0x5d

const saltInput = new HashInput(SALT_PREFIX)
const digestInput = new HashInput(new Uint8Array())
const contentInput = new HashInput(CONTENT_PREFIX)
const leafInput = new HashInput(LEAF_PREFIX)

/** A unit of redaction: one value and the pointer that names it. */
export type Slot = { pointer: SlotPointer; value: unknown }

/** Names of the members that are slots of their own; none if the value is one slot. */
function splitMembers(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const names = Object.keys(value)
  return names.length <= MAX_SPLIT_MEMBERS ? names : []
}

/** Splits an event into its slots: members of small objects each, anything else whole. */
export function eventSlots(event: Record<string, unknown>): Slot[] {
  const slots: Slot[] = []
  for (const name of Object.keys(event)) {
    const value = event[name]
    const members = splitMembers(value)
    if (members.length === 0) slots.push({ pointer: slotPointer(name), value })
    for (const member of members)
      slots.push({ pointer: slotPointer(name, member), value: (value as Record<string, unknown>)[member] })
  }
  return slots
}

/**
 * SHA-256(00000001 ‖ seed ‖ pointer) as 32 latin1 characters, the first 16 of which are the slot's salt.
 * `seed` is the event's 32 random bytes.
 */
export function saltHash(seed: Uint8Array, { utf8 }: SlotPointer): string {
  const end = POINTER_START + utf8.length
  const buffer = saltInput.reserve(end)
  buffer.set(seed, SALT_PREFIX.length)
  buffer.set(utf8, POINTER_START)
  return sha256(saltInput.first(end), 'latin1')
}

/**
 * The slot's digest as 32 latin1 characters: SHA-256(first 16 of `salt` ‖ JCS([pointer, value])). What `salt`
 * has more, the pair overwrites.
 */
export function slotDigest(salt: string, { pointer: { opening }, value }: Slot): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : canonicalJson(value)
  const start = SALT_BYTES + opening.length
  const buffer = digestInput.reserve(salt.length + start + text.length * 3)
  buffer.write(salt, 0, 'latin1')
  buffer.set(opening, SALT_BYTES)
  const end = start + buffer.write(text, start, 'utf8')
  buffer[end] = CLOSING_BRACKET
  return sha256(digestInput.first(end + 1), 'latin1')
}

/** Base64 of the content hash over all slot digests, whose order gives nothing away because they are sorted. */
export function contentHash(digests: readonly string[]): string {
  const sorted = [...digests].sort().join('')
  const end = CONTENT_PREFIX.length + sorted.length
  contentInput.reserve(end).write(sorted, CONTENT_PREFIX.length, 'latin1')
  return sha256(contentInput.first(end), 'base64')
}

/** The 148-byte leaf entry: no client data, only the content's hash, the id and the time of receipt. */
export function leafEntry(content: string, id: string, receivedAt: string): string {
  return `{"content":"${content}","id":"${id}","receivedAt":"${receivedAt}","v":1}`
}

/** SHA-256(00 ‖ entry), hex: RFC 6962's hash of a leaf. */
export function entryHash(entry: string): string {
  leafInput.reserve(1 + entry.length).write(entry, 1, 'latin1')
  return sha256(leafInput.first(1 + entry.length), 'hex')
}

/**
 * The Merkle leaf hash of an event, hex: SHA-256(00 ‖ entry). `seed` is 32 random bytes kept beside the event,
 * `receivedAt` RFC 3339 UTC with three decimals. It does not depend on `seq`, so it is known before numbering.
 */
export function leafHash(
  event: Record<string, unknown>,
  seed: Uint8Array,
  id: string,
  receivedAt: string,
): string {
  const digests = eventSlots(event).map((slot) => slotDigest(saltHash(seed, slot.pointer), slot))
  return entryHash(leafEntry(contentHash(digests), id, receivedAt))
}
