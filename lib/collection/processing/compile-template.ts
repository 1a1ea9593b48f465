import { type NameSpace, type Resolved, resolveName } from './resolve-name'
import type { TemplatePart } from './template'

/**
 * A template as numbers and the texts around them: a code from 0 on is an attribute's place, -1 all properties
 * formatted, -2 and below a property's place.
 */
export type CompiledTemplate = {
  head: string
  codes: number[]
  /** What follows each code. */
  tails: string[]
  usesProperties: boolean
  usesFormatted: boolean
}

const FORMATTED_CODE = -1
const FIRST_PROPERTY_CODE = -2

function codeOf(resolved: Exclude<Resolved, { kind: 'text' | 'unknown' }>): number {
  if (resolved.kind === 'attribute') return resolved.slot
  return resolved.kind === 'formatted' ? FORMATTED_CODE : FIRST_PROPERTY_CODE - resolved.place
}

/** Resolves the names of a template that was checked before. */
export function compileTemplate(parts: readonly TemplatePart[], space: NameSpace): CompiledTemplate {
  let head = ''
  const codes: number[] = []
  const tails: string[] = []
  for (const part of parts) {
    const resolved: Resolved = 'text' in part ? { kind: 'text', ...part } : resolveName(part.name, space)
    if (resolved.kind === 'unknown') throw new Error(`a template was not checked: ${resolved.detail}`)
    if (resolved.kind !== 'text') {
      codes.push(codeOf(resolved))
      tails.push('')
    } else if (codes.length === 0) head += resolved.text
    else tails[tails.length - 1] += resolved.text
  }
  const usesFormatted = codes.includes(FORMATTED_CODE)
  return { head, codes, tails, usesProperties: codes.some((code) => code < 0), usesFormatted }
}

/** The text of a template for one row: its cells, its event's own properties, and these formatted. */
export function fillTemplate(
  { head, codes, tails }: CompiledTemplate,
  cells: readonly string[],
  properties: readonly string[],
  formatted: string,
): string {
  let text = head
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    if (code >= 0) text += cells[code] ?? ''
    else if (code === FORMATTED_CODE) text += formatted
    else text += properties[FIRST_PROPERTY_CODE - code] ?? ''
    text += tails[i]
  }
  return text
}
