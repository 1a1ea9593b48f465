import { canonicalJson } from './jcs'
import { pointerStep } from './json-pointer'
import { sha256 } from './sha256'

/** Objects up to this size are split, so that each member can be erased alone. */
const MAX_SPLIT_MEMBERS = 32
const SALT_BYTES = 16
const SEED_BYTES = 32
/** NIST SP 800-56C one-step KDF: a 32-bit counter before the secret. */
const SALT_PREFIX = Buffer.from([0, 0, 0, 1])
const CLOSING_BRACKET = 0x5d
const CONTENT_PREFIX = Buffer.from('trail-content-v1\n')

/** A unit of redaction: one value and the RFC 6901 pointer that names it. */
export type Slot = { pointer: string; value: unknown }

/** Splits an event into its slots: members of small objects each, anything else whole. */
export function eventSlots(event: Record<string, unknown>): Slot[] {
  const slots: Slot[] = []
  for (const name of Object.keys(event)) {
    const value = event[name]
    const pointer = pointerStep(name)
    const inner =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
    if (inner.length === 0 || inner.length > MAX_SPLIT_MEMBERS) {
      slots.push({ pointer, value })
      continue
    }
    for (const key of inner)
      slots.push({ pointer: pointer + pointerStep(key), value: (value as Record<string, unknown>)[key] })
  }
  return slots
}

type PointerBytes = { pointer: Buffer; opening: Buffer }

/** Names repeat from event to event; the bound keeps clients' own names in `data` from growing the process. */
const MAX_CACHED_POINTERS = 4096
const MAX_CACHED_POINTER_LENGTH = 128
const pointerCache = new Map<string, PointerBytes>()

/** A pointer's UTF-8 bytes, bare and as the opening of its canonical pair. */
function pointerBytes(pointer: string): PointerBytes {
  const cached = pointerCache.get(pointer)
  if (cached) return cached
  const made = { pointer: Buffer.from(pointer), opening: Buffer.from(`[${JSON.stringify(pointer)},`) }
  if (pointerCache.size < MAX_CACHED_POINTERS && pointer.length <= MAX_CACHED_POINTER_LENGTH)
    pointerCache.set(pointer, made)
  return made
}

/**
 * Bytes to be hashed, reused between calls: hashing is synchronous, and a fresh buffer and view a hash would
 * double its cost (measured).
 */
class HashInput {
  private buffer = Buffer.alloc(4096)
  private readonly views: Uint8Array[] = []

  /** Room for `bytes`; what was written before stays. */
  reserve(bytes: number): Buffer {
    if (this.buffer.length < bytes) {
      const larger = Buffer.alloc(bytes * 2)
      larger.set(this.buffer)
      this.buffer = larger
      this.views.length = 0
    }
    return this.buffer
  }

  first(bytes: number): Uint8Array {
    const cached = this.views[bytes]
    if (cached) return cached
    const view = this.buffer.subarray(0, bytes)
    if (bytes < MAX_CACHED_VIEW_BYTES) this.views[bytes] = view
    return view
  }
}

/** Almost every salt, digest and entry is shorter. */
const MAX_CACHED_VIEW_BYTES = 512
const POINTER_START = SALT_PREFIX.length + SEED_BYTES

const saltInput = new HashInput()
saltInput.reserve(0).set(SALT_PREFIX)
const digestInput = new HashInput()
const leafInput = new HashInput()

/** SHA-256(00000001 ‖ seed ‖ pointer) as 32 latin1 characters, the first 16 of which are the slot's salt. */
function saltHash(seed: Uint8Array, pointer: Buffer): string {
  const end = POINTER_START + pointer.length
  const buffer = saltInput.reserve(end)
  buffer.set(seed, SALT_PREFIX.length)
  buffer.set(pointer, POINTER_START)
  return sha256(saltInput.first(end), 'latin1')
}

/** SHA-256(first 16 of `salt` ‖ `["pointer",value]`): the rest overwrites what `salt` has too much. */
function saltedDigest(salt: string, opening: Buffer, value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : canonicalJson(value)
  const start = SALT_BYTES + opening.length
  const buffer = digestInput.reserve(2 * SALT_BYTES + start + text.length * 3)
  buffer.write(salt, 0, 'latin1')
  buffer.set(opening, SALT_BYTES)
  const end = start + buffer.write(text, start, 'utf8')
  buffer[end] = CLOSING_BRACKET
  return sha256(digestInput.first(end + 1), 'latin1')
}

/** The slot's salt as 16 latin1 characters. `seed` is the event's 32 random bytes. */
export function slotSalt(seed: Uint8Array, pointer: string): string {
  return saltHash(seed, pointerBytes(pointer).pointer).slice(0, SALT_BYTES)
}

/** The slot's digest as 32 latin1 characters: SHA-256(salt ‖ JCS([pointer, value])). */
export function slotDigest(salt: string, slot: Slot): string {
  return saltedDigest(salt, pointerBytes(slot.pointer).opening, slot.value)
}

/** Base64 of the content hash over all slot digests, whose order gives nothing away because they are sorted. */
export function contentHash(digests: string[]): string {
  const sorted = [...digests].sort().join('')
  return sha256(Buffer.concat([CONTENT_PREFIX, Buffer.from(sorted, 'latin1')]), 'base64')
}

/** The 148-byte leaf entry: no client data, only the content's hash, the id and the time of receipt. */
export function leafEntry(content: string, id: string, receivedAt: string): string {
  return `{"content":"${content}","id":"${id}","receivedAt":"${receivedAt}","v":1}`
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
  const digests = eventSlots(event).map((slot) => {
    const bytes = pointerBytes(slot.pointer)
    return saltedDigest(saltHash(seed, bytes.pointer), bytes.opening, slot.value)
  })
  const entry = leafEntry(contentHash(digests), id, receivedAt)
  leafInput.reserve(1 + entry.length).write(entry, 1, 'latin1')
  return sha256(leafInput.first(1 + entry.length), 'hex')
}
