import { foldText } from '@/lib/ledger/fold-text'

/** What stands between words wherever it is; addresses, SIDs and host names stay in one piece. */
const BETWEEN = /[\s\\/@()[\]{}<>,;:|"'=%*]+/
/** What parts a piece further: `walter.ardog` is also found by `ardog`. */
const WITHIN = /[._-]+/
/** SIDs and the like: their parts are numbers that many have. */
const NUMBERS = /^s?-?[\d.-]+$/
/** Words of one record: names have a handful, and each is a row of an index. */
const MAX_WORDS = 24
/** Words that are looked for at once. */
const MAX_QUERY_WORDS = 8

const piecesOf = (text: string) => foldText(text).split(BETWEEN).filter(Boolean)

/** By which words a text is found, folded. */
export function wordsOf(texts: readonly string[]): string[] {
  const words = new Set<string>()
  for (const piece of texts.flatMap(piecesOf)) {
    words.add(piece)
    if (!NUMBERS.test(piece) && WITHIN.test(piece))
      for (const part of piece.split(WITHIN)) if (part !== '') words.add(part)
  }
  return [...words].slice(0, MAX_WORDS)
}

/** The beginnings of words that somebody looks for: all of them must be there. */
export const queryWords = (text: string): string[] => [...new Set(piecesOf(text))].slice(0, MAX_QUERY_WORDS)
