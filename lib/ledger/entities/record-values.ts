import { NAME_ATTRIBUTE } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import { normalizeEmail } from '@/lib/ledger/rules/normalize-email'
import { normalizeSid } from '@/lib/ledger/rules/normalize-sid'
import type { LedgerRecord } from './ledger-record'
import { wordsOf } from './words'

/** The name under which words are kept that no searched value begins with. */
const WORDS = '~'

/** Attributes by whose words entities are found; of others only by the whole, if it is one word. */
const WORDED = new Set([...Object.values(NAME_ATTRIBUTE), 'login', 'email', 'mail', 'upn', 'sid'])

/** Names of values that a search for words looks at, by their beginnings. */
export const SEARCHED_NAMES: readonly string[] = [WORDS, 'key', 'display_name', ...WORDED]

const LONGEST_WORD = 128
const isWord = (text: string) => text.length <= LONGEST_WORD && !/\s/.test(text)

/** A value as it is compared, and the plain form of a SID or address that is written in another way. */
function formsOf(value: string): string[] {
  const fold = foldText(value)
  const plain = normalizeSid(value) ?? normalizeEmail(value)
  const plainFold = plain === undefined ? fold : foldText(plain)
  return plainFold === fold ? [fold] : [fold, plainFold]
}

/**
 * All rows of `ledger_values` that a record has, as name and folded value: key, display name, attributes, links, and
 * words. Words that begin one of the searched values are found by it, and have no row of their own.
 */
export function recordValues(key: string, record: LedgerRecord): [name: string, fold: string][] {
  const attributes = Object.entries(record.attributes)
  const named: [string, string][] = [
    ['key', key],
    ['display_name', record.displayName],
    ...attributes,
    ...Object.entries(record.links).flatMap(([name, keys]) =>
      keys.map((one): [string, string] => [name, one]),
    ),
  ]
  const values = named.flatMap(([name, value]) =>
    formsOf(value).map((fold): [string, string] => [name, fold]),
  )
  const texts = attributes.filter(([name, value]) => WORDED.has(name) || isWord(value))
  const words = wordsOf([key, record.displayName, ...texts.map(([, value]) => value)])
  const beginnings = values.filter(([name]) => SEARCHED_NAMES.includes(name)).map(([, fold]) => fold)
  const own = words.filter((word) => !beginnings.some((fold) => fold.startsWith(word)))
  return [...values, ...own.map((word): [string, string] => [WORDS, word])]
}
