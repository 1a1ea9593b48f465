import { DIRECTORY_ENTRY, DIRECTORY_PAGE } from './encoded-block'
import type { TermHash } from './term-hash'

/** A frequent term and its joined lists; `word` if text search may find it as part of a word. */
export type Posting = TermHash & { postings: Buffer; word?: string | undefined }

/** Where a term's postings stand. */
export type Position = { offset: number; length: number }

export type WordPosition = Position & { word: string }

/** Words come first and in alphabetical order, so that those with the same beginning are one piece. */
function inOrderOfReading(x: Posting, y: Posting): number {
  if (x.word === undefined || y.word === undefined)
    return Number(x.word === undefined) - Number(y.word === undefined)
  return x.word < y.word ? -1 : 1
}

/** Lays the postings of all terms down, and sorts the terms by hash. */
export function encodeDirectory(terms: Posting[]): {
  directory: Buffer
  directoryPages: Buffer
  postings: Buffer
  positions: WordPosition[]
} {
  terms.sort(inOrderOfReading)
  const positions: WordPosition[] = []
  let offset = 0
  const entries = terms.map(({ a, b, postings: { length }, word }) => {
    const entry = { a, b, offset, length }
    if (word !== undefined) positions.push({ word, offset, length })
    offset += length
    return entry
  })
  const postings = Buffer.concat(terms.map((term) => term.postings))
  entries.sort((x, y) => x.a - y.a || x.b - y.b)
  const directory = Buffer.allocUnsafe(entries.length * DIRECTORY_ENTRY)
  for (const [i, entry] of entries.entries())
    writeEntry(directory, i, [entry.a, entry.b, entry.offset, entry.length])
  return { directory, directoryPages: firstHashes(directory), postings, positions }
}

function firstHashes(directory: Buffer): Buffer {
  const pages = Buffer.allocUnsafe(Math.ceil(entryCount(directory) / DIRECTORY_PAGE) * 4)
  for (let page = 0; page * 4 < pages.length; page++)
    pages.writeUInt32LE(directory.readUInt32LE(page * DIRECTORY_PAGE * DIRECTORY_ENTRY), page * 4)
  return pages
}

/** The pages in which a hash can stand: one, or two where others with the same `a` stand in front of it; none before the first. */
export function pagesOf(directoryPages: Buffer, { a }: TermHash): { from: number; to: number } {
  const count = directoryPages.length / 4
  const firstNotBelow = (limit: number) => {
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >> 1
      if (directoryPages.readUInt32LE(middle * 4) < limit) low = middle + 1
      else high = middle
    }
    return low
  }
  return { from: Math.max(0, firstNotBelow(a) - 1), to: firstNotBelow(a + 1) }
}

function writeEntry(directory: Buffer, i: number, numbers: number[]): void {
  for (const [k, number] of numbers.entries()) directory.writeUInt32LE(number, i * DIRECTORY_ENTRY + k * 4)
}

const entryCount = (directory: Buffer): number => directory.length / DIRECTORY_ENTRY

/** The hash and position of the `i`-th entry. */
export function entryAt(directory: Buffer, i: number): TermHash & Position {
  const at = i * DIRECTORY_ENTRY
  return {
    a: directory.readUInt32LE(at),
    b: directory.readUInt32LE(at + 4),
    offset: directory.readUInt32LE(at + 8),
    length: directory.readUInt32LE(at + 12),
  }
}

/** The term's postings by binary search; undefined if it is rare in, or absent from, every block. */
export function findTerm(directory: Buffer, { a, b }: TermHash): Position | undefined {
  let low = 0
  let high = entryCount(directory)
  while (low < high) {
    const middle = (low + high) >> 1
    const found = directory.readUInt32LE(middle * DIRECTORY_ENTRY)
    if (found < a || (found === a && directory.readUInt32LE(middle * DIRECTORY_ENTRY + 4) < b))
      low = middle + 1
    else high = middle
  }
  if (low === entryCount(directory)) return undefined
  const entry = entryAt(directory, low)
  return entry.a === a && entry.b === b ? entry : undefined
}
