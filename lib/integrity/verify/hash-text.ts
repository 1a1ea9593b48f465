import type { Hash, Primitives } from './primitives'

/** UTF-8 takes at most so many bytes a UTF-16 code unit. */
const MAX_BYTES_PER_UNIT = 3
/** Almost everything that is hashed is shorter; its views are kept, because making them cost a fifth (measured). */
const MAX_KEPT_VIEW = 1024
const encoder = new TextEncoder()

let buffer = new Uint8Array(8192)
let heads: Uint8Array[] = []
let tails: Uint8Array[] = []
/** What the buffer begins with: the salts of an event have the same beginning. */
let written = ''

function reserve(bytes: number): void {
  if (buffer.length >= bytes) return
  buffer = new Uint8Array(bytes * 2)
  heads = []
  tails = []
  written = ''
}

function viewTo(end: number): Uint8Array {
  const kept = heads[end]
  if (kept) return kept
  const view = buffer.subarray(0, end)
  if (end <= MAX_KEPT_VIEW) heads[end] = view
  return view
}

function viewFrom(start: number): Uint8Array {
  const kept = tails[start]
  if (kept) return kept
  const view = buffer.subarray(start)
  if (start <= MAX_KEPT_VIEW) tails[start] = view
  return view
}

/** SHA-256(bytes of `binary` ‖ UTF-8 of `text`). */
export function hashText(sha256: Primitives['sha256'], binary: string, text: string): Hash {
  const start = binary.length
  reserve(start + text.length * MAX_BYTES_PER_UNIT)
  if (binary !== written) for (let i = 0; i < start; i++) buffer[i] = binary.charCodeAt(i)
  written = binary
  if (text === '') return sha256(viewTo(start))
  return sha256(viewTo(start + encoder.encodeInto(text, viewFrom(start)).written))
}

/** RFC 6962: SHA-256(00 ‖ entry) and SHA-256(01 ‖ left ‖ right). */
export const leafHashOf = (sha256: Primitives['sha256'], entry: string): Hash =>
  hashText(sha256, '\x00', entry)
export const nodeHashOf = (sha256: Primitives['sha256'], left: Hash, right: Hash): Hash =>
  hashText(sha256, `\x01${left}${right}`, '')
