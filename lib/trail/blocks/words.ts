/**
 * Text search finds parts of words, whatever their case, as PostgreSQL's ILIKE does. Here text is cut into words (runs of
 * letters and digits) and marks (single characters that are neither). A text can only occur where each of its
 * words is part of a word and each of its marks occurs.
 */
const WORD_OR_MARK = /[\p{L}\p{N}]+|[^\p{L}\p{N}\s]/gu
const BEYOND_ASCII = /[^\p{ASCII}]/u
const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u

/**
 * Characters whose lower case is disputed (İ, ß, σ at a word's end, the Kelvin sign): JavaScript, libc and ICU
 * disagree. In what is sought they count as a gap and are left to PostgreSQL.
 */
function isDisputed(char: string): boolean {
  const lower = char.toLowerCase()
  const upper = char.toUpperCase()
  const changesLength = lower.length !== char.length || upper.length !== char.length
  const doesNotReturn = upper.toLowerCase() !== lower || (lower !== char && lower.toUpperCase() !== char)
  return changesLength || doesNotReturn || 'Σσ'.includes(char)
}

/** Stands for a disputed character: white space that no sought text is likely to have, and that joins nothing. */
const GAP = '\u2028'
/** Characters of the neighbours that a seam is made of. */
const SEAM = 2

/**
 * A text in lower case: its words and marks in their order, and its seams. A seam is how one part ends, what white
 * space follows, and how the next begins (`ed in` of `signed in`): it tells a phrase from two words that only both
 * occur.
 */
export type TextParts = { parts: string[]; seams: string[] }

type Part = { text: string; start: number; end: number }

function cut(text: string): Part[] {
  return Array.from(text.matchAll(WORD_OR_MARK), ({ 0: part, index }) => ({
    text: part,
    start: index,
    end: index + part.length,
  }))
}

const seamOf = (text: string, left: Part, right: Part): string =>
  left.text.slice(-SEAM) + text.slice(left.end, right.start) + right.text.slice(0, SEAM)

const pairsOf = (parts: Part[]): [Part, Part][] => parts.slice(1).map((right, i) => [parts[i] as Part, right])

/** The parts and seams of a text that is indexed. Only İ has a lower case of two characters. */
export function splitText(text: string): TextParts {
  const folded = text.replaceAll('İ', 'i').toLowerCase()
  const parts = cut(folded)
  return {
    parts: parts.map((part) => part.text),
    seams: pairsOf(parts).map(([left, right]) => seamOf(folded, left, right)),
  }
}

/** The parts and seams that a text has if it contains the one that is sought, whoever folds its case. */
export function splitSought(text: string): TextParts {
  const known = BEYOND_ASCII.test(text)
    ? [...text].map((char) => (BEYOND_ASCII.test(char) && isDisputed(char) ? GAP : char)).join('')
    : text
  const folded = known.toLowerCase()
  const parts = cut(folded)
  // At an end of what is sought, and at a gap, the word may go on in the text.
  const goesOnBefore = ({ start }: Part) => start === 0 || folded[start - 1] === GAP
  const goesOnAfter = ({ end }: Part) => end === folded.length || folded[end] === GAP
  const endIsKnown = (part: Part) => part.text.length >= SEAM || !isWord(part.text) || !goesOnBefore(part)
  const beginningIsKnown = (part: Part) =>
    part.text.length >= SEAM || !isWord(part.text) || !goesOnAfter(part)
  return {
    parts: parts.map((part) => part.text),
    seams: pairsOf(parts)
      .filter(([left, right]) => !folded.slice(left.end, right.start).includes(GAP))
      .filter(([left, right]) => endIsKnown(left) && beginningIsKnown(right))
      .map(([left, right]) => seamOf(folded, left, right)),
  }
}

export const isWord = (part: string): boolean => LETTER_OR_NUMBER.test(part)

/** Symbols of pairs: a–z, 0–9, eight classes of all other letters, and the end of a word. */
export const SYMBOLS = 45
export const WORD_END = 44

export function symbolOf(unit: number): number {
  if (unit >= 97 && unit <= 122) return unit - 97
  if (unit >= 48 && unit <= 57) return unit - 22
  return 36 + (unit & 7)
}
