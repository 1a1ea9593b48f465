import type { Reference } from '@/lib/ledger/matching/references-of'
import { parameterOf } from '@/lib/ledger/rules/compile-rule'
import type { CompareBy, Comparison, Parameter } from '@/lib/ledger/rules/definition'

const ACTOR_WORDS: Record<Parameter, string> = { 1: 'login', 2: 'repository', 3: 'identity', 4: 'id' }
const TARGET_WORDS: Record<Parameter, string> = { ...ACTOR_WORDS, 1: 'name', 2: 'parent' }

/** What a parameter is of an actor, or of a target. */
const wordOf = ({ role }: Reference, parameter: Parameter): string =>
  (role === 'actor' ? ACTOR_WORDS : TARGET_WORDS)[parameter]

const IS: Record<CompareBy, string> = {
  exact: 'is exactly',
  'ignoring-case': 'is',
  sid: 'is the SID',
  email: 'is the e-mail address',
  'attribute-begins': 'begins with',
  'parameter-begins': 'is a beginning of',
}

const EVENT_IS = {
  exact: 'is exactly',
  'ignoring-case': 'is',
  begins: 'begins with',
  pattern: 'fits',
} as const

/** Longer texts are cut where people read them. */
const MAX_SHOWN = 80
export const quoted = (text: string): string =>
  `“${text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN).toWellFormed()}…` : text}”`

/** What an event says as a parameter: `login (#1) “wardog”`. */
const said = (reference: Reference, parameter: Parameter): string => {
  const text = parameterOf(reference, parameter)
  return `${wordOf(reference, parameter)} (#${parameter}) ${text === undefined ? 'that the event does not have' : quoted(text)}`
}

/** A comparison with what it compares: `repository is the event’s repository (#2) “THESHIRE”`. */
export function describeComparison(comparison: Comparison, reference: Reference): string {
  if (comparison.kind === 'entity')
    return `${comparison.attribute} is ${comparison.negate ? 'not ' : ''}${quoted(comparison.text)}`
  const event = `the event’s ${said(reference, comparison.parameter)}`
  if (comparison.kind === 'event')
    return `${event} ${comparison.negate ? 'not: ' : ''}${EVENT_IS[comparison.by]} ${quoted(comparison.text)}`
  const { attribute, by, pattern } = comparison
  const part = pattern === undefined ? '' : `what ${quoted(pattern)} finds in `
  return `${attribute} ${IS[by]} ${part}${event}`
}

/** Why a comparison has nothing to look for, for people. */
export function describeMissing(
  comparison: Extract<Comparison, { kind: 'finds' }>,
  reference: Reference,
): string {
  const { by, parameter, pattern } = comparison
  const word = `${wordOf(reference, parameter)} (#${parameter})`
  const text = parameterOf(reference, parameter)
  if (text === undefined) return `The event has no ${word}.`
  if (pattern !== undefined && by !== 'sid' && by !== 'email')
    return `The pattern finds nothing in the ${word} ${quoted(text)}.`
  const kind = by === 'sid' ? 'SID' : 'e-mail address'
  return `The ${word} ${quoted(text)} is no ${kind}.`
}
