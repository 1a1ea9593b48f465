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

const split = (text: string): string[] => text.toLowerCase().match(WORD_OR_MARK) ?? []

/** Words in lower case and marks of a text that is indexed, in its order. Only İ has a lower case of two characters. */
export const splitText = (text: string): string[] => split(text.replaceAll('İ', 'i'))

/** Words and marks that a text has if it contains the one that is sought, whoever folds its case. */
export function splitSought(text: string): string[] {
  if (!BEYOND_ASCII.test(text)) return split(text)
  return split([...text].map((char) => (BEYOND_ASCII.test(char) && isDisputed(char) ? ' ' : char)).join(''))
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
