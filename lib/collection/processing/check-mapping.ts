import type { TableProblem } from '@/lib/collection/tables/table'
import { MANDATORY } from '@/lib/collection/target/fields'
import { type AttributeMapping, columnOfField, type MappedEvent } from './attribute-mapping'
import type { EventProperties } from './event-properties'
import { resolveName } from './resolve-name'
import { namesIn, parseTemplate } from './template'

/** A problem, and which of the two tables it is in. */
export type ProcessingProblem = TableProblem & { table: 'properties' | 'mapping' }

/** What a log processing step is given. */
export type ProcessingInput = {
  /** All attributes of a row, in their order. */
  attributes: readonly string[]
  eventIdAttribute: string
}

const inMapping = (problem: TableProblem): ProcessingProblem => ({ ...problem, table: 'mapping' })

type Checked = { properties: EventProperties; attributes: ReadonlyMap<string, number> | undefined }

function checkCell(eventId: string, template: string, { properties, attributes }: Checked): string[] {
  const parsed = parseTemplate(template)
  if ('problem' in parsed) return [parsed.problem]
  const space = { eventId, type: properties.get(eventId), attributes }
  const resolved = namesIn(parsed.parts).map((name) => resolveName(name, space))
  return resolved.flatMap((name) => (name.kind === 'unknown' ? [name.detail] : []))
}

function checkEvent(eventId: string, { row, templates }: MappedEvent, checked: Checked): ProcessingProblem[] {
  return templates.flatMap((template, field) =>
    checkCell(eventId, template, checked).map((detail) =>
      inMapping({ row, column: columnOfField(field), detail, severity: 'error' }),
    ),
  )
}

/** Mandatory fields that an event type is not given: no row of it becomes an event unless the line gives them. */
function findMissing(eventId: string, { row, templates }: MappedEvent): ProcessingProblem[] {
  return MANDATORY.filter((field) => templates[field]?.trim() === '').map((field) => {
    const column = columnOfField(field)
    const detail = `${column} of event ${eventId} is blank, and the log target needs it.`
    return inMapping({ row, column, detail, severity: 'warning' })
  })
}

function findUnpaired(properties: EventProperties, mapping: AttributeMapping): ProcessingProblem[] {
  const unmapped = [...properties].filter(([id]) => !mapping.has(id))
  const unknown = [...mapping].filter(([id]) => !properties.has(id))
  return [
    ...unmapped.map(([id, { row }]): ProcessingProblem => {
      const detail = `Event ${id} has no row in the mapping table: its rows can't be collected.`
      return { table: 'properties', row, column: 'eventid', detail, severity: 'warning' }
    }),
    ...unknown.map(([id, { row }]) => {
      const detail = `Event ${id} has no row in the event properties table.`
      return inMapping({ row, column: 'eventid', detail, severity: 'warning' })
    }),
  ]
}

/**
 * Everything that is wrong with the two tables of a log processing step together, errors first. With an error the step
 * can't be compiled; with a warning some rows will be rejected. Without `attributes` only names that need none of them
 * are looked up.
 */
export function checkMapping(
  properties: EventProperties,
  mapping: AttributeMapping,
  attributes?: readonly string[],
): ProcessingProblem[] {
  const slots = attributes && new Map(attributes.map((name, slot) => [name, slot]))
  const checked: Checked = { properties, attributes: slots }
  const events = [...mapping]
  return [
    ...events.flatMap(([id, event]) => checkEvent(id, event, checked)),
    ...findUnpaired(properties, mapping),
    ...events.flatMap(([id, event]) => findMissing(id, event)),
  ]
}
