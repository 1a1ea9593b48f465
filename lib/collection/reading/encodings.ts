import { isUtf8 } from 'node:buffer'
import type { Reading } from './reading'
import { decodeWindows1252 } from './windows-1252'

/** As people call them. */
export const ENCODING_NAMES: Record<Reading['encoding'], string> = {
  'utf-8': 'UTF-8',
  latin1: 'Latin-1 (windows-1252)',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
}

/** Bytes of the smallest piece of text: line ends are looked for at multiples of it. */
export const unitBytes = (encoding: Reading['encoding']) => (encoding.startsWith('utf-16') ? 2 : 1)

/**
 * Where a line ends in bytes of the file, whose first is the first of a letter: the place behind the first line's end,
 * or behind the last one's; 0 where there is none.
 */
export function behindLineEnd(
  bytes: Buffer,
  { encoding, lineEnd }: Reading,
  which: 'first' | 'last',
): number {
  const letter = lineEnd === 'cr' ? 13 : 10
  const unit = unitBytes(encoding)
  if (unit === 1) return (which === 'first' ? bytes.indexOf(letter) : bytes.lastIndexOf(letter)) + 1
  const wanted = Buffer.from(encoding === 'utf-16le' ? [letter, 0] : [0, letter])
  let at = which === 'first' ? bytes.indexOf(wanted) : bytes.lastIndexOf(wanted)
  // Two letters side by side can look like a line's end between them.
  while (at % 2 === 1)
    at = which === 'first' ? bytes.indexOf(wanted, at + 1) : bytes.lastIndexOf(wanted, at - 1)
  return at < 0 ? 0 : at + 2
}

/** A copy with each two bytes changed over; half a unit at the end is left out. */
const swapped = (bytes: Buffer) => Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()

/**
 * Bytes as text. `exact`: nothing in it is in doubt; where it is false, UTF-8 came back as one letter a byte, for
 * `decodeRow` to judge row by row. `letterBytes`: what a letter takes in the file, or null where that differs.
 */
export type DecodedText = { text: string; exact: boolean; letterBytes: number | null }

export function decodeText(bytes: Buffer, encoding: Reading['encoding']): DecodedText {
  if (encoding === 'latin1') return { text: decodeWindows1252(bytes), exact: true, letterBytes: 1 }
  if (encoding === 'utf-8') {
    if (!isUtf8(bytes)) return { text: bytes.toString('latin1'), exact: false, letterBytes: 1 }
    const text = bytes.toString('utf8')
    return { text, exact: true, letterBytes: text.length === bytes.length ? 1 : null }
  }
  const units = encoding === 'utf-16le' ? bytes.toString('utf16le') : swapped(bytes).toString('utf16le')
  // Half a letter at the end of a file becomes half of a pair, so that its row is refused.
  const text = bytes.length % 2 === 0 ? units : `${units}\ud800`
  return { text, exact: text.isWellFormed(), letterBytes: 2 }
}

/** How many bytes of the file a part of a decoded text takes. */
export function bytesOfText({ text, letterBytes }: DecodedText, from: number, to: number): number {
  return letterBytes === null ? Buffer.byteLength(text.slice(from, to)) : (to - from) * letterBytes
}

/** Half of a pair without the other: what JavaScript can hold and no store can. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** A row of a text that was not exact: as text, or the byte where it stops being text. */
export function decodeRow(
  row: string,
  encoding: Reading['encoding'],
): { text: string } | { badByte: number } {
  if (encoding !== 'utf-8')
    return row.isWellFormed() ? { text: row } : { badByte: row.search(LONE_SURROGATE) * 2 }
  const bytes = Buffer.from(row, 'latin1')
  const text = bytes.toString('utf8')
  return isUtf8(bytes) ? { text } : { badByte: firstReplaced(bytes, text) }
}

const REPLACEMENT = '\ufffd'

/** The first byte that decoding had to replace; where a replacement character really stands is none. */
function firstReplaced(bytes: Buffer, text: string): number {
  let byte = 0
  let from = 0
  for (;;) {
    const at = text.indexOf(REPLACEMENT, from)
    byte += Buffer.byteLength(text.slice(from, at))
    if (bytes.toString('utf8', byte, byte + 3) !== REPLACEMENT || bytes[byte] !== 0xef) return byte
    byte += 3
    from = at + 1
  }
}
