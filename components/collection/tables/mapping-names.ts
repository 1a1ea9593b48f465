import type { NameHint } from '@/components/collection/names/name-suggestions'
import type { Grid } from './grid'

/** What every cell of a mapping can name besides attributes and the event's own properties. */
const STANDARD: readonly NameHint[] = [
  { name: 'message', hint: 'of the event properties' },
  { name: 'category', hint: 'of the event properties' },
  { name: 'subcategory', hint: 'of the event properties' },
  { name: 'formattedRawData', hint: 'all properties, as lines' },
]
const NAME = /\{([^{}]+)\}/g

/** Names that cells of the table use already. */
export function namesInUse({ rows }: Grid): string[] {
  const names = new Set<string>()
  for (const row of rows)
    for (const cell of row) for (const [, name] of cell.matchAll(NAME)) if (name) names.add(name)
  return [...names].filter((name) => !name.startsWith('param.')).sort()
}

/** What can stand in braces in a row of that event id: attributes, the table's own names, its properties. */
export function mappingNames(
  attributes: readonly string[],
  inUse: readonly string[],
  properties: readonly string[],
): NameHint[] {
  const known = new Set(STANDARD.map(({ name }) => name))
  const others = [...new Set([...attributes, ...inUse])].filter((name) => !known.has(name))
  return [
    ...others.map((name) => ({ name, hint: 'attribute' })),
    ...STANDARD,
    ...properties.map((name) => ({ name: `param.${name}`, hint: 'property of this event' })),
  ]
}
