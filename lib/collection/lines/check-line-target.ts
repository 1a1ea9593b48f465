import { namesIn, parseTemplate, staticText } from '@/lib/collection/processing/template'
import { checkTarget } from '@/lib/collection/target/check-target'
import { MANDATORY_FIELDS } from '@/lib/collection/target/fields'
import { nearestName } from '@/lib/event/nearest-name'
import type { LineDefinition } from './definition'
import type { LineProblem } from './line-view'
import type { RowAttributes } from './row-attributes'

/** What is wrong with a line's target: templates, names, texts, and mandatory fields that can only be blank. */
export function checkLineTarget(
  target: LineDefinition['target'],
  attributes: RowAttributes,
  mandants: ReadonlySet<string>,
): LineProblem[] {
  const problems = checkTarget(target, attributes.names).map(
    ({ field, detail }): LineProblem => ({ path: ['target', field], message: detail }),
  )
  const told = new Set(problems.map(({ path }) => path[1]))
  for (const field of MANDATORY_FIELDS) {
    const why = told.has(field) ? undefined : whyBlank(target[field] ?? '', attributes)
    if (why) problems.push({ path: ['target', field], message: `${field} is mandatory, and ${why}.` })
  }
  const foreign = foreignMandant(target.mandant ?? '', mandants)
  if (foreign && !told.has('mandant')) problems.push({ path: ['target', 'mandant'], message: foreign })
  return problems
}

/** Why a template can only be blank. */
function whyBlank(template: string, attributes: RowAttributes): string | undefined {
  const parsed = parseTemplate(template)
  if ('problem' in parsed) return undefined
  const hasText = parsed.parts.some((part) => 'text' in part && part.text.trim() !== '')
  const reasons = namesIn(parsed.parts).map((name) => attributes.whyBlank(name))
  return hasText || reasons.length === 0 || reasons.includes(undefined) ? undefined : reasons[0]
}

function foreignMandant(template: string, mandants: ReadonlySet<string>): string | undefined {
  const parsed = parseTemplate(template)
  const text = 'parts' in parsed ? staticText(parsed.parts)?.trim() : undefined
  if (!text || mandants.has(text)) return undefined
  const near = nearestName(text, [...mandants])
  const known = near ? `Did you mean ${near}?` : `It is called ${[...mandants].join(', ')}.`
  return `${text} is no name of this workspace, and a file writes into no other. ${known}`
}
