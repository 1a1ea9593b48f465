import { canonicalText } from './canonical-text'
import { leafHashOf } from './hash-text'
import type { Hash, Primitives } from './primitives'
import { refuse } from './refusal'
import { parseStrictObject } from './strict-json'

const LENGTH_BYTES = 2

/** The first `count` entries of a bundle: each with its length before it, 16 bits big-endian. */
export function splitEntries(data: Uint8Array, count: number, where: string): string[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const entries: string[] = []
  let at = 0
  while (entries.length < count) {
    const length = at + LENGTH_BYTES <= data.length ? view.getUint16(at) : data.length
    at += LENGTH_BYTES + length
    if (at > data.length) refuse('entry_mismatch', `${where} ends within entry ${entries.length}.`)
    try {
      entries.push(decoder.decode(data.subarray(at - length, at)))
    } catch {
      refuse('entry_mismatch', `${where}: entry ${entries.length} is not UTF-8.`)
    }
  }
  return entries
}

/** Checks an entry against its leaf hash and its form. Returns when it says that it was received, in Unix ms. */
export function checkEntry(sha256: Primitives['sha256'], entry: string, leaf: Hash, index: number): number {
  if (leafHashOf(sha256, entry) !== leaf)
    return refuse('entry_mismatch', `Entry ${index} is not the one whose hash is in the tile.`)
  const fields = parseStrictObject(entry, `Entry ${index}`)
  const receivedAtMs = Date.parse(String(fields.receivedAt))
  const { content, id, receivedAt, v } = fields
  if (v !== 1 || Number.isNaN(receivedAtMs) || canonicalText({ content, id, receivedAt, v }) !== entry)
    return refuse('entry_mismatch', `Entry ${index} is not of the form that events have.`)
  return receivedAtMs
}
