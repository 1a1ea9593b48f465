import type { JsonSchema } from '@/lib/api/json-schema'

/** A schema's kind in a few words; a name that stands alone is another schema of the document. */
export type SchemaKind = { text: string; refers?: string; isList?: boolean }

const REF = /^#\/components\/schemas\/(.+)$/

/** An enumeration longer than this is cut: the document has it whole. */
const MAX_CHOICES = 12

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const alternativesOf = (schema: JsonSchema): JsonSchema[] =>
  [schema.anyOf, schema.oneOf].flat().filter(isSchema)

const choicesOf = (values: unknown[]) => {
  const shown = values.slice(0, MAX_CHOICES).map(String).join(' · ')
  return values.length > MAX_CHOICES ? `${shown} · …` : shown
}

/** The fixed words of a pattern such as `^!?(a|b)$`. */
function wordsOf(pattern: unknown): string[] | undefined {
  const [, words] = /^\^!\?\(([a-z|]+)\)\$$/.exec(String(pattern)) ?? []
  return words?.split('|')
}

export function describeSchema(schema: JsonSchema): SchemaKind {
  const [, refers] = REF.exec(String(schema.$ref ?? '')) ?? []
  if (refers) return { text: refers, refers }
  if (Array.isArray(schema.enum)) return { text: choicesOf(schema.enum) }
  if (schema.const !== undefined) return { text: String(schema.const) }
  const alternatives = alternativesOf(schema)
  if (alternatives.length > 0) {
    const kinds = alternatives.map(describeSchema)
    const [only] = kinds.filter(({ text }) => text !== 'null')
    if (only?.refers && kinds.length === 2)
      return { ...only, text: kinds.map(({ text }) => text).join(' or ') }
    return { text: [...new Set(kinds.map(({ text }) => text))].join(' or ') }
  }
  if (schema.type === 'array' && isSchema(schema.items)) {
    const { text, refers: item } = describeSchema(schema.items)
    return { text, isList: true, ...(item && { refers: item }) }
  }
  const words = wordsOf(schema.pattern)
  if (words) return { text: choicesOf(words) }
  if (typeof schema.format === 'string') return { text: schema.format }
  return { text: typeof schema.type === 'string' ? schema.type : 'any' }
}

export type SchemaRow = { path: string; required: boolean; kind: SchemaKind; description: string }

/** The members of an object, those of objects inside it under their dotted names; `[]` stands for any item. */
export function listMembers(schema: JsonSchema, prefix = ''): SchemaRow[] {
  if (schema.type === 'array' && isSchema(schema.items)) return listMembers(schema.items, `${prefix}[]`)
  const alternatives = alternativesOf(schema).filter(({ properties }) => isSchema(properties))
  if (alternatives.length > 0) return alternatives.flatMap((one) => listMembers(one, prefix))
  if (!isSchema(schema.properties)) return []
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(schema.properties).flatMap(([name, member]) => {
    if (!isSchema(member)) return []
    const path = prefix ? `${prefix}.${name}` : name
    const row = {
      path,
      required: required.includes(name),
      kind: describeSchema(member),
      description: typeof member.description === 'string' ? member.description : '',
    }
    return [row, ...listMembers(member, path)]
  })
}
