import { setImmediate as pause } from 'node:timers/promises'
import { encodeTimes, FacetColumns, type StoredBody } from './columns'
import { encodeDirectory, type Posting } from './directory'
import type { EncodedBlock } from './encoded-block'
import { addressTerms, emitTerms, OVERFULL, searchedTexts } from './event-terms'
import { BLOCK_EVENTS, FREQUENT_FROM, GROUP_EVENTS, MAX_FREQUENT, MAX_WORDS_INDEXED } from './layout'
import { PairGroups } from './pair-groups'
import { encodePlaces, joinLists } from './postings'
import { SignatureBuilder } from './signature'
import type { HashTerm } from './term-hash'
import { TermTable } from './term-table'
import { encodeWords } from './word-list'
import { isWord, splitText } from './words'

/** A build lets others run after so many events, characters of them, or of the words that are taken apart: some 5 ms. */
const PAUSE_EVERY = 256
const PAUSE_EVERY_CHARS = 262_144
const PAUSE_EVERY_TRIPLES = 32_768
/** Longer texts hardly repeat. */
const MAX_KNOWN_LENGTH = 256

/**
 * Builds the index of BLOCK_EVENTS consecutive events from their bodies, which come in the order of their seq and a
 * few at a time. The first `gone` of them may be missing, because retention dropped them: nobody asks for them.
 */
export async function buildBlock(
  firstSeq: number,
  bodies: AsyncIterable<string> | Iterable<string>,
  hashTerm: HashTerm,
  gone = 0,
): Promise<EncodedBlock> {
  const terms = new BlockTerms(hashTerm)
  const facets = new FacetColumns(BLOCK_EVENTS)
  const times = new Float64Array(BLOCK_EVENTS)
  let place = gone
  let chars = 0
  for await (const body of bodies) {
    chars += body.length
    if (place % PAUSE_EVERY === 0 || chars > PAUSE_EVERY_CHARS) {
      await pause()
      chars = 0
    }
    const event = JSON.parse(body) as StoredBody
    terms.add(event, place)
    facets.add(event, place)
    times[place++] = Date.parse(event.occurredAt)
  }
  if (place !== BLOCK_EVENTS) throw new Error(`A block from seq ${firstSeq} on has ${place} events.`)
  times.fill(times[gone] as number, 0, gone)
  await pause()
  return {
    firstSeq,
    blocks: 1,
    minAt: times.reduce((a, b) => Math.min(a, b)),
    maxAt: times.reduce((a, b) => Math.max(a, b)),
    ...(await terms.encode()),
    times: encodeTimes(times),
    facets: facets.encode(),
  }
}

/** From how many events on a term has postings of its own: higher than usual where very many would have them. */
function chooseFrequent(starts: Uint32Array): number {
  const countOf = (from: number) => {
    let count = 0
    for (let term = 0; term + 1 < starts.length; term++)
      if ((starts[term + 1] as number) - (starts[term] as number) >= from) count++
    return count
  }
  let from = FREQUENT_FROM
  while (countOf(from) > MAX_FREQUENT) from *= 2
  return from
}

class BlockTerms {
  private readonly table = new TermTable()
  /** Words by their term. */
  private readonly words = new Map<number, string>()
  /** Terms of texts and addresses met before: most repeat, and taking them apart is the dear part. */
  private readonly ofText = new Map<string, { parts: number[]; seams: number[] }>()
  private readonly ofAddress = new Map<string, number[]>()

  constructor(private readonly hashTerm: HashTerm) {}

  add(event: StoredBody, place: number): void {
    emitTerms(event, (kind, value) => this.table.note(this.termOf(kind, value), place))
    const address = event.actor?.ip
    if (address) for (const term of this.termsOfAddress(address)) this.table.note(term, place)
    this.addWords(event, place)
  }

  private addWords(event: StoredBody, place: number): void {
    let left = MAX_WORDS_INDEXED
    for (const text of searchedTexts(event)) {
      const { parts, seams } = this.termsOfText(text)
      for (const terms of [parts, seams])
        for (const term of left < terms.length ? terms.slice(0, left) : terms) this.table.note(term, place)
      left -= parts.length
    }
    if (left < 0) this.table.note(this.termOf(OVERFULL.words, ''), place)
  }

  /** One more than are indexed at most, which then shows. */
  private termsOfText(text: string): { parts: number[]; seams: number[] } {
    const known = this.ofText.get(text)
    if (known) return known
    const { parts, seams } = splitText(text)
    const terms = {
      parts: parts.slice(0, MAX_WORDS_INDEXED + 1).map((part) => this.termOfPart(part)),
      seams: seams.slice(0, MAX_WORDS_INDEXED).map((seam) => this.termOf('seam', seam)),
    }
    if (text.length <= MAX_KNOWN_LENGTH) this.ofText.set(text, terms)
    return terms
  }

  private termsOfAddress(address: string): number[] {
    const known = this.ofAddress.get(address)
    if (known) return known
    const terms = addressTerms(address).map((network) => this.termOf('ip', network))
    this.ofAddress.set(address, terms)
    return terms
  }

  private termOf(kind: string, value: string): number {
    const { a, b } = this.hashTerm(kind, value)
    return this.table.find(a, b)
  }

  private termOfPart(part: string): number {
    const term = this.termOf('text', part)
    if (isWord(part)) this.words.set(term, part)
    return term
  }

  /** Frequent terms into lists of their own, rare ones into the signature, with the pairs and triples of rare words. */
  async encode(): Promise<
    Pick<EncodedBlock, 'slices' | 'signature' | 'directory' | 'directoryPages' | 'postings' | 'words'>
  > {
    const { starts, events } = this.table.byTerm()
    const frequentFrom = chooseFrequent(starts)
    let work = 0
    const signature = new SignatureBuilder()
    const pairs = new PairGroups()
    const frequent: Posting[] = []
    for (let term = 0; term < this.table.size; term++) {
      const [a, b] = this.table.hashAt(term)
      const places = events.subarray(starts[term], starts[term + 1])
      const word = this.words.get(term)
      work += places.length >= frequentFrom ? 1 : places.length * (word?.length ?? 1)
      if (work > PAUSE_EVERY_TRIPLES) {
        await pause()
        work = 0
      }
      if (places.length >= frequentFrom) {
        frequent.push({ a, b, postings: joinLists([encodePlaces(places)]), word })
        continue
      }
      for (const place of places) {
        const group = Math.floor(place / GROUP_EVENTS)
        if (word === undefined) {
          signature.addTerm(a, b, group)
        } else {
          signature.addTriples(word, group)
          pairs.add(word, group)
        }
      }
    }
    frequent.push(...pairs.toPostings())
    const { positions, ...terms } = encodeDirectory(frequent)
    return { ...signature.encode(), ...terms, words: encodeWords(positions) }
  }
}
