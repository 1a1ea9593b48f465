import type { LineDefinition } from '@/lib/collection/lines/definition'
import { parseTemplate, type TemplatePart } from '@/lib/collection/processing/template'
import { FIELD_COUNT, fieldName } from './fields'

export type TargetMapping = LineDefinition['target']

/** The values of a row for `toCollectedEvent`: the 47 fields and the level. */
export type FillTarget = (cells: readonly string[]) => string[]

/** Texts and the places of attributes, alternately; a text first. */
type Filled = { field: number; texts: string[]; slots: number[] }

function toFilled(field: number, parts: readonly TemplatePart[], slots: ReadonlyMap<string, number>): Filled {
  const filled: Filled = { field, texts: [''], slots: [] }
  for (const part of parts) {
    if ('text' in part) filled.texts[filled.texts.length - 1] += part.text
    else {
      const slot = slots.get(part.name)
      if (slot === undefined) throw new Error(`a target was not checked: there is no attribute ${part.name}`)
      filled.slots.push(slot)
      filled.texts.push('')
    }
  }
  return filled
}

function compileField(
  target: TargetMapping,
  field: number,
  slots: ReadonlyMap<string, number>,
): Filled | undefined {
  const template = target[fieldName(field) as keyof TargetMapping]
  if (template === undefined || template === '') return undefined
  const parsed = parseTemplate(template)
  if ('problem' in parsed) throw new Error(`a target was not checked: ${parsed.problem}`)
  return toFilled(field, parsed.parts, slots)
}

/** Makes a target of its templates, once a run; they were checked by `checkTarget`. */
export function compileTarget(target: TargetMapping, attributes: readonly string[]): FillTarget {
  const slots = new Map(attributes.map((name, slot) => [name, slot]))
  const blank = Array.from({ length: FIELD_COUNT }, () => '')
  const varying: Filled[] = []
  for (let field = 0; field < FIELD_COUNT; field++) {
    const filled = compileField(target, field, slots)
    if (!filled) continue
    if (filled.slots.length === 0) blank[field] = filled.texts[0] as string
    else varying.push(filled)
  }
  return (cells) => {
    const values = blank.slice()
    for (const { field, texts, slots: places } of varying) {
      let text = texts[0] as string
      for (let i = 0; i < places.length; i++)
        text += (cells[places[i] as number] ?? '') + (texts[i + 1] as string)
      values[field] = text
    }
    return values
  }
}
