import { cutFold, foldText, foldWhole } from '@/lib/ledger/fold-text'
import type { CompareBy } from './definition'
import { normalizeEmail } from './normalize-email'
import { normalizeSid } from './normalize-sid'

/** What is looked up in the index of values: records that have one of these, or that begin so. */
export type Lookup = { is: readonly string[] } | { begins: string }

type Comparer = {
  /** What the event says in the form that is compared; undefined: it is nothing of the kind. */
  wanted: (said: string) => string | undefined
  /** Finds all records for which `holds` is true, and perhaps more. */
  lookup: (wanted: string) => Lookup
  holds: (value: string, wanted: string) => boolean
}

/** Whether two texts differ at most in case, and in how accents are written. */
export const sameText = (a: string, b: string): boolean => a === b || foldWhole(a) === foldWhole(b)

const isFold = (wanted: string): Lookup => ({ is: [foldText(wanted)] })

const COMPARERS: Record<CompareBy, Comparer> = {
  exact: { wanted: (said) => said, lookup: isFold, holds: (value, wanted) => value === wanted },
  'ignoring-case': { wanted: (said) => said, lookup: isFold, holds: sameText },
  sid: {
    wanted: normalizeSid,
    lookup: isFold,
    holds: (value, wanted) => normalizeSid(value) === wanted,
  },
  email: {
    wanted: normalizeEmail,
    lookup: isFold,
    holds: (value, wanted) => normalizeEmail(value) === wanted,
  },
  'attribute-begins': {
    wanted: foldWhole,
    lookup: (wanted) => ({ begins: cutFold(wanted) }),
    holds: (value, wanted) => foldWhole(value).startsWith(wanted),
  },
  'parameter-begins': {
    wanted: foldWhole,
    lookup: (wanted) => ({ is: beginnings(cutFold(wanted)) }),
    holds: (value, wanted) => value.trim() !== '' && wanted.startsWith(foldWhole(value)),
  },
}

export const comparer = (by: CompareBy): Comparer => COMPARERS[by]

/** Beginnings of a folded text, itself the last: no value that is longer fits, but for one that was cut as it was. */
function beginnings(fold: string): string[] {
  const found: string[] = []
  for (let end = 1; end < fold.length; end++)
    if (fold.slice(0, end).isWellFormed()) found.push(fold.slice(0, end))
  return [...found, fold]
}
