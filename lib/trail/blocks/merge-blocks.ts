import { setImmediate as pause } from 'node:timers/promises'
import { mergeFacets } from './columns'
import { encodeDirectory, entryAt, type Posting } from './directory'
import { DIRECTORY_ENTRY, type EncodedBlock } from './encoded-block'
import { SLICE_BYTES } from './layout'
import { joinLists, onlyList } from './postings'
import { decodeWords, encodeWords } from './word-list'

/** One row of neighbouring single blocks: the same facts side by side, so that a search reads few places. */
export async function mergeBlocks(blocks: readonly EncodedBlock[]): Promise<EncodedBlock> {
  const [first] = blocks
  if (!first) throw new Error('There is nothing to merge.')
  const { positions, ...terms } = encodeDirectory(await mergeTerms(blocks))
  return {
    firstSeq: first.firstSeq,
    blocks: blocks.length,
    minAt: Math.min(...blocks.map(({ minAt }) => minAt)),
    maxAt: Math.max(...blocks.map(({ maxAt }) => maxAt)),
    ...mergeSignatures(blocks),
    ...terms,
    words: encodeWords(positions),
    times: Buffer.concat(blocks.map(({ times }) => times)),
    facets: mergeFacets(blocks.map(({ facets }) => facets)),
  }
}

async function mergeTerms(blocks: readonly EncodedBlock[]): Promise<Posting[]> {
  const merged = new Map<
    string,
    { a: number; b: number; lists: (Buffer | null)[]; word?: string | undefined }
  >()
  for (const [i, { directory, postings, words }] of blocks.entries()) {
    await pause()
    const wordAt = new Map(decodeWords(words).map(({ offset, word }) => [offset, word]))
    for (let entry = 0; entry < directory.length / DIRECTORY_ENTRY; entry++) {
      const { a, b, offset, length } = entryAt(directory, entry)
      const key = `${a} ${b}`
      let term = merged.get(key)
      if (!term) {
        term = { a, b, lists: Array(blocks.length).fill(null), word: wordAt.get(offset) }
        merged.set(key, term)
      }
      term.lists[i] = onlyList(postings.subarray(offset, offset + length))
    }
  }
  return [...merged.values()].map(({ a, b, lists, word }) => ({ a, b, postings: joinLists(lists), word }))
}

/** Slice by slice, block beside block; a block of fewer slices repeats them, as its positions are their low bits. */
function mergeSignatures(blocks: readonly EncodedBlock[]): { slices: number; signature: Buffer } {
  const slices = Math.max(...blocks.map((block) => block.slices))
  const signature = Buffer.allocUnsafe(slices * blocks.length * SLICE_BYTES)
  for (let slice = 0; slice < slices; slice++) {
    for (const [i, block] of blocks.entries()) {
      const from = (slice & (block.slices - 1)) * SLICE_BYTES
      block.signature.copy(signature, (slice * blocks.length + i) * SLICE_BYTES, from, from + SLICE_BYTES)
    }
  }
  return { slices, signature }
}
