import type { Sandbox } from '@/lib/collection/sandbox/sandbox'
import { checkCalls } from './check-calls'
import { checkExpression } from './check-expression'
import { checkJoin } from './check-join'
import { checkLineTarget } from './check-line-target'
import { checkProcessing } from './check-processing'
import type { LineDefinition, Step } from './definition'
import type { LineParts } from './line-parts'
import type { LineProblem } from './line-view'
import { LINE_ATTRIBUTES, RowAttributes } from './row-attributes'

type Checked = { parts: LineParts; sandbox: Sandbox | undefined }

/**
 * Everything that is wrong with a definition, given its parts, in the order of the definition. A sandbox is needed
 * where it has expressions. `self` is the line that it is of.
 */
export function checkDefinition(definition: LineDefinition, checked: Checked, self?: string): LineProblem[] {
  const calls = checkCalls(definition, checked.parts.lines, self)
  const attributes = new RowAttributes(definition.source.attributes)
  if (calls.length === 0) return [...checkSource(definition), ...checkSteps(definition, attributes, checked)]
  // Behind a call that can't be, nothing is known of rows; a preview shows what comes before.
  const first = Math.min(...calls.map(({ path: [, at] }) => (typeof at === 'number' ? at : 0)))
  const before = definition.steps.slice(0, first)
  return [
    ...checkSource(definition),
    ...before.flatMap((step, at) => checkStep(step, ['steps', at], attributes, checked)),
    ...calls,
  ]
}

function checkSource({ source: { attributes } }: LineDefinition): LineProblem[] {
  return attributes.flatMap((name, at) => {
    const first = attributes.indexOf(name)
    const message = `Columns ${first + 1} and ${at + 1} are both named ${name}.`
    return first < at ? [{ path: ['source', 'attributes', at], message }] : []
  })
}

function checkSteps(definition: LineDefinition, attributes: RowAttributes, checked: Checked): LineProblem[] {
  const problems = definition.steps.flatMap((step, at) => checkStep(step, ['steps', at], attributes, checked))
  return [...problems, ...checkLineTarget(definition.target, attributes, checked.parts.mandants)]
}

function checkStep(
  step: Step,
  path: LineProblem['path'],
  attributes: RowAttributes,
  checked: Checked,
): LineProblem[] {
  const { parts, sandbox } = checked
  if (step.kind === 'join') return checkJoin(step, path, attributes, parts.tables.get(step.tableId))
  if (step.kind === 'processing') return checkProcessing(step, path, attributes, parts)
  if (step.kind === 'filter')
    return checkExpression(step.expression, [...path, 'expression'], attributes, sandbox)
  if (step.kind === 'line') return checkSubLine(step, path, attributes, checked)
  return step.set.flatMap(({ attribute, expression }, at) => {
    const problems = checkExpression(expression, [...path, 'set', at, 'expression'], attributes, sandbox)
    attributes.add(attribute)
    return problems
  })
}

/** What keeps a line from being called here. What is wrong inside it is mended there: it is told with its name. */
function checkSubLine(
  step: Extract<Step, { kind: 'line' }>,
  path: LineProblem['path'],
  attributes: RowAttributes,
  checked: Checked,
): LineProblem[] {
  const when = step.when ? checkExpression(step.when, [...path, 'when'], attributes, checked.sandbox) : []
  const line = checked.parts.lines.get(step.lineId)
  if (!line) return when
  const { definition, name } = line
  const lacking = definition.source.attributes
    .filter((needed) => !attributes.has(needed))
    .map((needed): LineProblem => {
      const message = `The line ${name} needs an attribute ${needed}. ${attributes.unknown(needed)}`
      return { path: [...path, 'lineId'], message }
    })
  const inside =
    lacking.length > 0
      ? []
      : checkSteps(definition, attributes.copy(), checked).filter(({ isWarning }) => !isWarning)
  const [first] = inside
  const broken: LineProblem[] = first
    ? [{ path: [...path, 'lineId'], message: `The line ${name} cannot run: ${first.message}` }]
    : []
  for (const attribute of LINE_ATTRIBUTES) {
    const field = attribute.slice('log_'.length) as keyof LineDefinition['target']
    if (definition.target[field]?.trim()) attributes.add(attribute)
    else attributes.addBlank(attribute, `the line ${name} gives ${attribute} no value`)
  }
  return [...when, ...lacking, ...broken]
}
