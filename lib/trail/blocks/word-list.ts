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

export function decodeWords(bytes: Buffer): WordPosition[] {
  const count = bytes.readUInt32LE(0)
  const text = bytes.toString('utf8', 4 + count * 8)
  if (count === 0) return []
  return text.split('\n').map((word, i) => ({
    word,
    offset: bytes.readUInt32LE(4 + i * 8),
    length: bytes.readUInt32LE(8 + i * 8),
  }))
}

/** Where the postings of all words stand that have this fragment in them. */
export function wordsWith(words: readonly WordPosition[], fragment: string): Position[] {
  return words.filter(({ word }) => word.includes(fragment))
}
