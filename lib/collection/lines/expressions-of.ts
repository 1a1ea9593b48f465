import type { LineDefinition } from './definition'
import type { LineParts } from './line-parts'

/** The expressions of a definition's own steps. */
const expressionsOf = ({ steps }: LineDefinition): string[] =>
  steps.flatMap((step) => {
    if (step.kind === 'update') return step.set.map(({ expression }) => expression)
    if (step.kind === 'filter') return [step.expression]
    return step.kind === 'line' && step.when !== undefined ? [step.when] : []
  })

/** Whether a sandbox is needed: neither the definition nor a line that it calls does without. */
export const needsSandbox = (definition: LineDefinition, { lines }: LineParts): boolean =>
  [definition, ...[...lines.values()].map((line) => line.definition)].some(
    (each) => expressionsOf(each).length > 0,
  )
