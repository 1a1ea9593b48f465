import type { TableContent } from '@/lib/collection/tables/table'
import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'

/** The mapping file has a name of its own for the target's `whatdisplaylabel`; both are understood. */
const LABEL_COLUMN = { inMapping: 'log_whatdisplayname', onTarget: 'log_whatdisplaylabel' } as const

/** Another spelling of a column, which means the same. */
export const COLUMN_SYNONYMS: Readonly<Record<string, string>> = {
  [LABEL_COLUMN.onTarget]: LABEL_COLUMN.inMapping,
}

/** The 47 columns of log attributes, in the target's order, as the mapping file spells them. */
const LOG_COLUMNS = TARGET_FIELDS.map((name) => `log_${name}`).map((name) => COLUMN_SYNONYMS[name] ?? name)

/** Exactly these, case-sensitive. */
export const MAPPING_COLUMNS: readonly string[] = ['eventid', 'description', ...LOG_COLUMNS]

/** The column that maps a field of the target. */
export const columnOfField = (field: number): string => LOG_COLUMNS[field] as string

/** What a mapping table says of one event type: a template for each field of the target, in its order. */
export type MappedEvent = { row: number; templates: string[] }

/** By event id. */
export type AttributeMapping = ReadonlyMap<string, MappedEvent>

/** The event types of a table that was checked when it was saved. */
export function toAttributeMapping({ rows }: TableContent): AttributeMapping {
  return new Map(rows.map(([id = '', , ...templates], i) => [id, { row: i + 2, templates }]))
}

/** The attributes `log_…` that at least one event type is given. */
export function attributesGiven(mapping: AttributeMapping): Set<string> {
  const given = new Set<string>()
  for (const { templates } of mapping.values())
    for (const [field, template] of templates.entries())
      if (template.trim() !== '') given.add(`log_${TARGET_FIELDS[field]}`)
  return given
}
