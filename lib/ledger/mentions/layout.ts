/** Events of a chunk of mentions: a row of some kilobytes that is written again until its chunk is full. */
export const CHUNK_EVENTS = 512
/** Chunks of a span: the bits of a bigint. */
export const SPAN_CHUNKS = 64

/** Bytes of a mention: place in the chunk (16 bits) and reference (32 bits), little-endian. */
const MENTION_BYTES = 6

export type Mention = { place: number; reference: number }

export function encodeMentions(mentions: readonly Mention[]): Buffer {
  const bytes = Buffer.allocUnsafe(mentions.length * MENTION_BYTES)
  for (const [i, { place, reference }] of mentions.entries()) {
    bytes.writeUInt16LE(place, i * MENTION_BYTES)
    bytes.writeUInt32LE(reference, i * MENTION_BYTES + 2)
  }
  return bytes
}

/** Calls `visit` with each mention, in ascending order of places. Byte by byte: a third of the time of `readUInt32LE`. */
export function eachMention(bytes: Buffer, visit: (place: number, reference: number) => void): void {
  const byte = (at: number) => bytes[at] as number
  for (let at = 0; at < bytes.length; at += MENTION_BYTES) {
    const low = byte(at + 2) | (byte(at + 3) << 8) | (byte(at + 4) << 16)
    visit(byte(at) | (byte(at + 1) << 8), low + byte(at + 5) * 0x1000000)
  }
}
