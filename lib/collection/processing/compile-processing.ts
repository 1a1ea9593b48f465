import type { Reject } from '@/lib/collection/reject'
import { rejectValue } from '@/lib/collection/target/reject-value'
import { AppError } from '@/lib/errors/app-error'
import { nearestName } from '@/lib/event/nearest-name'
import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'
import type { AttributeMapping } from './attribute-mapping'
import { checkMapping, type ProcessingInput } from './check-mapping'
import { type CompiledTemplate, compileTemplate, fillTemplate } from './compile-template'
import { type EventProperties, PROPERTIES_ATTRIBUTE, PROPERTY_SEPARATOR } from './event-properties'
import { formatProperties } from './format-properties'
import { parseTemplate } from './template'

/** What a log processing step makes of a row: its 47 `log_` values in the target's order, or why it makes none. */
export type Processing = (cells: readonly string[]) => string[] | Reject | 'filtered'

export type ProcessingOptions = ProcessingInput & {
  /** What becomes of a row whose event id the mapping does not have. */
  unknown: 'reject' | 'filter'
  /** The mapping table's, for what is wrong with it. */
  mappingName?: string
}

type CompiledEvent = {
  /** Values that are the same in every row of the event; the others are blank here. */
  values: string[]
  fields: { place: number; template: CompiledTemplate }[]
  names: string[]
  usesProperties: boolean
  usesFormatted: boolean
}

const NO_VALUES: readonly string[] = []

function compileEvent(
  eventId: string,
  templates: readonly string[],
  properties: EventProperties,
  attributes: ReadonlyMap<string, number>,
): CompiledEvent {
  const type = properties.get(eventId)
  const values = TARGET_FIELDS.map(() => '')
  const fields: CompiledEvent['fields'] = []
  for (const [place, text] of templates.entries()) {
    const parsed = parseTemplate(text)
    const template = compileTemplate('parts' in parsed ? parsed.parts : [], { eventId, type, attributes })
    if (template.codes.length === 0) values[place] = template.head
    else fields.push({ place, template })
  }
  const uses = (isUsed: (template: CompiledTemplate) => boolean) =>
    fields.some(({ template }) => isUsed(template))
  return {
    values,
    fields,
    names: type?.names ?? [],
    usesProperties: uses(({ usesProperties }) => usesProperties),
    usesFormatted: uses(({ usesFormatted }) => usesFormatted),
  }
}

function tooManyProperties(eventId: string, names: readonly string[], values: readonly string[]): Reject {
  const surplus = values.slice(names.length).find((value) => value !== '') ?? ''
  const reason = `Event ${eventId} has ${values.length} properties here, and ${names.length} in the event properties table. Name the others there.`
  return rejectValue('too_many_properties', PROPERTIES_ATTRIBUTE, surplus, reason)
}

const isSurplus = (values: readonly string[], known: number) =>
  values.length > known && values.slice(known).some((value) => value !== '')

function unknownEvent(
  eventId: string,
  column: string,
  known: { properties: EventProperties; mapping: AttributeMapping },
): Reject {
  // Numbers that look alike have nothing to do with each other.
  const near = /^\d+$/.test(eventId) ? undefined : nearestName(eventId, [...known.mapping.keys()])
  const hint = near ? ` Did you mean ${near}?` : ''
  const where = known.properties.has(eventId)
    ? 'is in the event properties table, but not in the mapping table. Add a row there.'
    : `is in neither table. Add a row to both.${hint}`
  const reason = eventId === '' ? 'The row has no event id.' : `Event ${eventId.slice(0, 100)} ${where}`
  return rejectValue('unknown_event_id', column, eventId, reason)
}

function requireSound(
  properties: EventProperties,
  mapping: AttributeMapping,
  { attributes, eventIdAttribute, mappingName }: ProcessingOptions,
): void {
  const problems = checkMapping(properties, mapping, attributes)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const violations = errors.map(({ row, column, detail }) => ({
    pointer: `/mapping/${row}/${column ?? ''}`,
    code: 'invalid',
    detail,
  }))
  if (!attributes.includes(eventIdAttribute)) {
    const near = nearestName(eventIdAttribute, attributes)
    const detail = `Rows have no attribute ${eventIdAttribute}.${near ? ` Did you mean ${near}?` : ''}`
    violations.unshift({ pointer: '/eventIdAttribute', code: 'invalid', detail })
  }
  const [first] = violations
  if (!first) return
  const [error] = errors
  const isInTable = error && first.pointer !== '/eventIdAttribute'
  const table = mappingName ? `Mapping table ${mappingName}` : 'Mapping table'
  const where = isInTable ? `${table}, row ${error.row}, column ${error.column}: ` : ''
  throw new AppError('invalid', `Log processing can't be done. ${where}${first.detail}`, { violations })
}

/**
 * Makes a log processing step of its two tables, once a run. The step is pure, never throws, and splits a row's
 * properties only where its event's templates ask for them. Throws `invalid` where the tables name what is not there.
 */
export function compileProcessing(
  properties: EventProperties,
  mapping: AttributeMapping,
  options: ProcessingOptions,
): Processing {
  requireSound(properties, mapping, options)
  const slots = new Map(options.attributes.map((name, slot) => [name, slot]))
  const idSlot = slots.get(options.eventIdAttribute) as number
  const propertiesSlot = slots.get(PROPERTIES_ATTRIBUTE) ?? -1
  const events = new Map(
    [...mapping].map(([id, { templates }]) => [id, compileEvent(id, templates, properties, slots)]),
  )
  return (cells) => {
    const id = cells[idSlot] ?? ''
    const event = events.get(id) ?? events.get(id.trim())
    if (!event) {
      if (options.unknown === 'filter') return 'filtered'
      return unknownEvent(id.trim(), options.eventIdAttribute, { properties, mapping })
    }
    let own = NO_VALUES
    if (event.usesProperties) {
      const text = cells[propertiesSlot] ?? ''
      if (text !== '') own = text.split(PROPERTY_SEPARATOR)
      if (isSurplus(own, event.names.length)) return tooManyProperties(id, event.names, own)
    }
    const formatted = event.usesFormatted ? formatProperties(event.names, own) : ''
    const values = event.values.slice()
    for (const { place, template } of event.fields)
      values[place] = fillTemplate(template, cells, own, formatted)
    return values
  }
}
