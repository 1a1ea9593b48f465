import { nearestName } from '@/lib/event/nearest-name'
import { compilePattern } from './compile-pattern'
import { type Comparison, MAX_PATTERN_LENGTH, type RuleDefinition } from './definition'
import type { MatchingProblem } from './rule-view'

/** What is wrong with a rule; `names` are those that the type's entities have, of others it is only warned, if these are given. */
export function checkDefinition(
  { comparisons }: RuleDefinition,
  names?: readonly string[],
): MatchingProblem[] {
  const problems = comparisons.flatMap((comparison, at) =>
    checkComparison(comparison, names).map(({ path, ...rest }) => ({
      ...rest,
      path: ['comparisons', at, ...path],
    })),
  )
  if (comparisons.some(({ kind }) => kind === 'finds')) return problems
  const message = 'Nothing says whom it finds. Add a comparison of an attribute with what the event says.'
  return [{ path: ['comparisons'], message }, ...problems]
}

function checkComparison(comparison: Comparison, names: readonly string[] | undefined): MatchingProblem[] {
  if (comparison.kind === 'event')
    return comparison.by === 'pattern' ? checkPattern(comparison.text, 'text') : []
  const { attribute } = comparison
  const unknown = !names || names.includes(attribute) ? [] : [unknownName(attribute, names)]
  if (comparison.kind === 'entity' || comparison.pattern === undefined) return unknown
  return [...unknown, ...checkPattern(comparison.pattern, 'pattern')]
}

function unknownName(attribute: string, names: readonly string[]): MatchingProblem {
  const nearest = nearestName(attribute, names)
  const hint = nearest ? `Did you mean ${nearest}?` : 'It finds nothing until one has it.'
  return { path: ['attribute'], message: `No entity has ${attribute} yet. ${hint}`, isWarning: true }
}

function checkPattern(pattern: string, field: string): MatchingProblem[] {
  if (pattern.length > MAX_PATTERN_LENGTH)
    return [{ path: [field], message: `At most ${MAX_PATTERN_LENGTH} characters.` }]
  try {
    compilePattern(pattern)
    return []
  } catch (error) {
    return [{ path: [field], message: (error as Error).message }]
  }
}
