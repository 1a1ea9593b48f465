import { parseTemplate, staticText, type TemplatePart } from '@/lib/collection/processing/template'
import { nearestName } from '@/lib/event/nearest-name'
import { checkStaticValue } from './check-static-value'
import type { TargetMapping } from './compile-target'
import { FIELD_COUNT, fieldName, MANDATORY_FIELDS } from './fields'

/** What is wrong with the template of one target field, as a sentence. */
export type TargetProblem = { field: string; detail: string }

function checkNames(parts: readonly TemplatePart[], attributes: ReadonlySet<string>): string[] {
  const unknown = parts.flatMap((part) => ('name' in part && !attributes.has(part.name) ? [part.name] : []))
  return unknown.map((name) => {
    const near = nearestName(name, [...attributes])
    return `There is no attribute ${name} here. ${near ? `Did you mean {${near}}?` : 'Steps before may add it.'}`
  })
}

function checkTemplate(field: number, template: string, attributes: ReadonlySet<string>): string[] {
  const parsed = parseTemplate(template)
  if ('problem' in parsed) return [parsed.problem]
  const text = staticText(parsed.parts)
  const problem = text === undefined ? undefined : checkStaticValue(field, text)
  return problem ? [problem] : checkNames(parsed.parts, attributes)
}

/**
 * What is wrong with a line's target, given the attributes that rows have when they get there: templates, names, texts
 * that can't be values of their field, mandatory fields without a value.
 */
export function checkTarget(target: TargetMapping, attributes: readonly string[]): TargetProblem[] {
  const known = new Set(attributes)
  const problems: TargetProblem[] = []
  for (let field = 0; field < FIELD_COUNT; field++) {
    const name = fieldName(field)
    const template = target[name as keyof TargetMapping] ?? ''
    for (const detail of checkTemplate(field, template, known)) problems.push({ field: name, detail })
  }
  for (const field of MANDATORY_FIELDS) {
    const isBlank = (target[field] ?? '').trim() === ''
    if (isBlank) problems.push({ field, detail: `${field} is mandatory. Give it a value or an attribute.` })
  }
  return problems
}
