import { nearestName } from '@/lib/event/nearest-name'
import { ENTITY_LABELS, type EntityType } from '@/lib/ledger/entity-types'
import type { MatchingProblem } from '@/lib/ledger/rules/rule-view'
import type { PolicyEntry } from './definition'
import { type DisplayTemplate, parseDisplay } from './display-template'
import type { NamedRule } from './named-rules'
import { EVENT_NAMES } from './show-record'

/** What a template may name for entities of a type, beside the attributes and links of `names`. */
const MORE_NAMES = ['person', 'organisation', ...Object.keys(EVENT_NAMES)]

/** What is wrong with a policy's entries. `namesOf` are the attributes and links that entities of a type have. */
export function checkEntries(
  entries: readonly PolicyEntry[],
  rules: ReadonlyMap<string, Pick<NamedRule, 'name' | 'entityType'>>,
  namesOf: (type: EntityType) => readonly string[],
): MatchingProblem[] {
  return entries.flatMap((entry, at) => {
    const rule = rules.get(entry.ruleId)
    const isTwice = entries.findIndex((other) => isSame(other, entry)) < at
    return [
      ...checkRuleOf(entry, rule),
      ...(isTwice ? [TWICE] : []),
      ...checkDisplay(entry.display, rule && namesOf(rule.entityType)),
    ].map((problem) => ({ ...problem, path: ['entries', at, ...problem.path] }))
  })
}

const isSame = (a: PolicyEntry, b: PolicyEntry) => a.ruleId === b.ruleId && a.logEntity === b.logEntity

const TWICE: MatchingProblem = {
  path: ['ruleId'],
  message: 'An entry above has this rule already: this one never finds anything more.',
  isWarning: true,
}

function checkRuleOf(
  { logEntity }: PolicyEntry,
  rule: Pick<NamedRule, 'name' | 'entityType'> | undefined,
): MatchingProblem[] {
  if (!rule) return [{ path: ['ruleId'], message: 'There is no such rule any more. Choose another one.' }]
  if (logEntity === 'actor' || logEntity === 'undetermined' || logEntity === rule.entityType) return []
  const { many } = ENTITY_LABELS[rule.entityType]
  const message = `The rule ${rule.name} finds ${many.toLowerCase()}, and this entry is for targets of type ${logEntity}. Choose a rule that finds these.`
  return [{ path: ['ruleId'], message }]
}

function checkDisplay(text: string, names: readonly string[] | undefined): MatchingProblem[] {
  let template: DisplayTemplate
  try {
    template = parseDisplay(text)
  } catch (error) {
    return [{ path: ['display'], message: (error as Error).message }]
  }
  if (!names) return []
  const known = [...names, ...MORE_NAMES]
  return template.names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known)
      const hint = nearest ? `Did you mean {${nearest}}?` : 'It shows nothing until one has it.'
      return { path: ['display'], message: `No entity has {${name}} yet. ${hint}`, isWarning: true }
    })
}
