import { canonicalText } from './canonical-text'
import { HASH_LENGTH } from './encoding'
import type { Hash, Primitives } from './primitives'
import { refuse } from './refusal'
import { parseStrictObject } from './strict-json'

const LENGTH_BYTES = 2
/** How an entry of the anchor log begins; the hash of a checkpoint's signed text follows, as it is. */
const ANCHOR_START = new TextEncoder().encode('trail-anchor-v1\n')
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The first `count` entries of a bundle: each with its length before it, 16 bits big-endian. */
export function splitEntries(data: Uint8Array, count: number, where: string): Uint8Array[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const entries: Uint8Array[] = []
  let at = 0
  while (entries.length < count) {
    const length = at + LENGTH_BYTES <= data.length ? view.getUint16(at) : data.length
    at += LENGTH_BYTES + length
    if (at > data.length) refuse('entry_mismatch', `${where} ends within entry ${entries.length}.`)
    entries.push(data.subarray(at - length, at))
  }
  return entries
}

function isAnchor(entry: Uint8Array): boolean {
  const isLong = entry.length === ANCHOR_START.length + HASH_LENGTH
  return isLong && ANCHOR_START.every((byte, i) => entry[i] === byte)
}

/** RFC 6962: SHA-256(00 ‖ entry). */
function hashEntry(sha256: Primitives['sha256'], entry: Uint8Array): Hash {
  const leaf = new Uint8Array(1 + entry.length)
  leaf.set(entry, 1)
  return sha256(leaf)
}

function decodeEntry(entry: Uint8Array, index: number): string {
  try {
    return decoder.decode(entry)
  } catch {
    return refuse('entry_mismatch', `Entry ${index} is not UTF-8.`)
  }
}

/**
 * Checks an entry against its leaf hash and its form. Returns when it says that it was received, in Unix ms; an entry
 * of the anchor log, which holds nothing but a hash, does not say it.
 */
export function checkEntry(
  sha256: Primitives['sha256'],
  entry: Uint8Array,
  leaf: Hash,
  index: number,
): number | undefined {
  if (hashEntry(sha256, entry) !== leaf)
    return refuse('entry_mismatch', `Entry ${index} is not the one whose hash is in the tile.`)
  if (isAnchor(entry)) return undefined
  const text = decodeEntry(entry, index)
  const fields = parseStrictObject(text, `Entry ${index}`)
  const receivedAtMs = Date.parse(String(fields.receivedAt))
  const { content, id, receivedAt, v } = fields
  if (v !== 1 || Number.isNaN(receivedAtMs) || canonicalText({ content, id, receivedAt, v }) !== text)
    return refuse('entry_mismatch', `Entry ${index} is not of the form that events have.`)
  return receivedAtMs
}
