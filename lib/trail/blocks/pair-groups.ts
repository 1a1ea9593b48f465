import type { Posting } from './directory'
import { GROUPS_PER_BLOCK } from './layout'
import { encodeGroups, joinLists } from './postings'
import { hashOpenly, type TermHash } from './term-hash'
import { SYMBOLS, symbolOf, WORD_END } from './words'

/** The term of two neighbouring symbols in a rare word. */
const pairTerm = (first: number, second: number): TermHash =>
  hashOpenly('pair', String(first * SYMBOLS + second))

/** The groups in whose rare words two symbols stand side by side: what finds one or two letters anywhere. */
export class PairGroups {
  private readonly bits = new Map<number, Uint8Array>()

  add(word: string, group: number): void {
    for (let i = 0; i < word.length; i++) {
      const next = i + 1 < word.length ? symbolOf(word.charCodeAt(i + 1)) : WORD_END
      const pair = symbolOf(word.charCodeAt(i)) * SYMBOLS + next
      let groups = this.bits.get(pair)
      if (!groups) {
        groups = new Uint8Array(GROUPS_PER_BLOCK)
        this.bits.set(pair, groups)
      }
      groups[group] = 1
    }
  }

  toPostings(): Posting[] {
    return [...this.bits].map(([pair, groups]) => ({
      ...pairTerm(Math.floor(pair / SYMBOLS), pair % SYMBOLS),
      postings: joinLists([encodeGroups([...groups.keys()].filter((group) => groups[group] === 1))]),
    }))
  }
}

/** Parts of so many letters have four triples, which narrow them down without their pairs. */
const LONG_PART = 6

/** The pairs that a rare word with this part in it has: all of them, or, for a single letter, one of them. */
export function pairTermsOf(part: string): { terms: TermHash[]; need: 'all' | 'any' } {
  if (part.length >= LONG_PART) return { terms: [], need: 'all' }
  const symbols = Array.from({ length: part.length }, (_, i) => symbolOf(part.charCodeAt(i)))
  const [only] = symbols
  if (symbols.length === 1 && only !== undefined)
    return { terms: Array.from({ length: SYMBOLS }, (_, next) => pairTerm(only, next)), need: 'any' }
  const pairs = symbols.slice(1).map((next, i) => pairTerm(symbols[i] as number, next))
  return { terms: pairs, need: 'all' }
}
