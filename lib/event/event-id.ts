import { createHmac } from 'node:crypto'
import { randomBytesPooled } from '@/lib/integrity/random-bytes'

const VERSION_BYTE = 6
const VARIANT_BYTE = 8

function formatUuid(bytes: Buffer, version: 7 | 8): string {
  bytes[VERSION_BYTE] = ((bytes[VERSION_BYTE] ?? 0) & 0x0f) | (version << 4)
  bytes[VARIANT_BYTE] = ((bytes[VARIANT_BYTE] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A UUIDv7 (RFC 9562): 48 bits of milliseconds, the rest random. */
export function newEventId(nowMs: number): string {
  const bytes = Buffer.allocUnsafe(16)
  bytes.writeUIntBE(nowMs, 0, 6)
  randomBytesPooled(10).copy(bytes, 6)
  return formatUuid(bytes, 7)
}

/**
 * The UUIDv8 of an event whose identity is known: the first 16 bytes of HMAC-SHA-256 under the tenant's id key.
 * The same identity always gives the same id, so the primary key of ids is also the memory of what came before;
 * without the key nobody can tell from an id which identity it stands for. `parts` are length-prefixed.
 */
export function derivedEventId(idKey: Uint8Array, parts: readonly string[]): string {
  const message = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('')
  const digest = createHmac('sha256', idKey).update(message).digest()
  return formatUuid(digest, 8)
}
