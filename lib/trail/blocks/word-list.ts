import type { Position, WordPosition } from './directory'

/**
 * The frequent words of a block, one after the other, each beside where its postings stand: four bytes for how
 * many, then offset and length of each one's postings, then the words, one a line.
 */
export function encodeWords(words: readonly WordPosition[]): Buffer {
  const head = Buffer.allocUnsafe(4 + words.length * 8)
  head.writeUInt32LE(words.length, 0)
  for (const [i, { offset, length }] of words.entries()) {
    head.writeUInt32LE(offset, 4 + i * 8)
    head.writeUInt32LE(length, 8 + i * 8)
  }
  return Buffer.concat([head, Buffer.from(words.map(({ word }) => word).join('\n'))])
}

const readPosition = (bytes: Buffer, i: number): Position => ({
  offset: bytes.readUInt32LE(4 + i * 8),
  length: bytes.readUInt32LE(8 + i * 8),
})

const textOf = (bytes: Buffer): string => bytes.toString('utf8', 4 + bytes.readUInt32LE(0) * 8)

export function decodeWords(bytes: Buffer): WordPosition[] {
  if (bytes.readUInt32LE(0) === 0) return []
  return textOf(bytes)
    .split('\n')
    .map((word, i) => ({ word, ...readPosition(bytes, i) }))
}

/** Where the postings of all words stand that have this part in them, in ascending order. */
export function wordsWith(bytes: Buffer, part: string): Position[] {
  const text = textOf(bytes)
  // Most rows have no such word, and taking the text apart is the dear half.
  if (!text.includes(part)) return []
  return text.split('\n').flatMap((word, i) => (word.includes(part) ? [readPosition(bytes, i)] : []))
}
