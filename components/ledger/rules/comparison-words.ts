import { ENTITY_LABELS, type EntityType } from '@/lib/ledger/entity-types'
import type { CompareBy, Comparison, Parameter } from '@/lib/ledger/rules/definition'

/** What an event says, by the numbers that rules use. */
export const PARAMETER_WORDS: Record<Parameter, string> = {
  1: '#1, login or target’s name',
  2: '#2, repository or target’s parent',
  3: '#3, identity of the actor',
  4: '#4, id',
}

/** How an attribute is compared with what the event says: the words between the two. */
export const FINDS_WORDS: Record<CompareBy, string> = {
  exact: 'is exactly',
  'ignoring-case': 'is, ignoring case,',
  sid: 'is the same SID as',
  email: 'is the same e-mail address as',
  'attribute-begins': 'begins with',
  'parameter-begins': 'is the beginning of',
}

export const ENTITY_WORDS = { exact: 'exactly', 'ignoring-case': 'ignoring case' } as const

type EventBy = Extract<Comparison, { kind: 'event' }>['by']
export const EVENT_WORDS: Record<EventBy, { is: string; not: string }> = {
  exact: { is: 'is exactly', not: 'is not exactly' },
  'ignoring-case': { is: 'is, ignoring case,', not: 'is not, ignoring case,' },
  begins: { is: 'begins with', not: 'does not begin with' },
  pattern: { is: 'fits the pattern', not: 'does not fit the pattern' },
}

export const KIND_WORDS: Record<Comparison['kind'], string> = {
  finds: 'Finds',
  entity: 'Only if the entity',
  event: 'Only if the event',
}

/** A comparison as a sentence: `the account’s login is, ignoring case, #1, login or target’s name`. */
export function comparisonWords(comparison: Comparison, type: EntityType): string {
  if (comparison.kind === 'event') {
    const { parameter, by, text, negate } = comparison
    return `what the event says as ${PARAMETER_WORDS[parameter]} ${EVENT_WORDS[by][negate ? 'not' : 'is']} ${quoted(text)}`
  }
  const subject = `the ${ENTITY_LABELS[type].one.toLowerCase()}’s ${comparison.attribute}`
  if (comparison.kind === 'entity') {
    const { by, text, negate } = comparison
    return `${subject} ${negate ? 'is not' : 'is'}, ${ENTITY_WORDS[by]}, ${quoted(text)}`
  }
  const { by, parameter, pattern } = comparison
  const part = pattern === undefined ? '' : `, of that the part that ${quoted(pattern)} captures`
  return `${subject} ${FINDS_WORDS[by]} ${PARAMETER_WORDS[parameter]}${part}`
}

const quoted = (text: string) => `“${text}”`
