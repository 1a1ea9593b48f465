import { attributesGiven, toAttributeMapping } from '@/lib/collection/processing/attribute-mapping'
import { checkMapping, type ProcessingProblem } from '@/lib/collection/processing/check-mapping'
import { toEventProperties } from '@/lib/collection/processing/event-properties'
import { PROCESSED_ATTRIBUTES } from '@/lib/collection/processing/processed-attributes'
import type { LoadedTable, TableKind } from '@/lib/collection/tables/table'
import type { Step } from './definition'
import type { LineParts } from './line-parts'
import type { LineProblem } from './line-view'
import type { RowAttributes } from './row-attributes'

type ProcessingStep = Extract<Step, { kind: 'processing' }>

/** Problems of a table that one step tells of; who mends these is told the others then. */
const MAX_TOLD = 20

const KIND_WORDS: Record<TableKind, string> = {
  properties: 'event properties',
  mapping: 'a mapping of log attributes',
  lookup: 'a table to look things up in',
}

/** What is wrong with a log processing step; adds its attributes. */
export function checkProcessing(
  step: ProcessingStep,
  path: LineProblem['path'],
  attributes: RowAttributes,
  { tables }: LineParts,
): LineProblem[] {
  const properties = tables.get(step.propertiesId)
  const mapping = tables.get(step.mappingId)
  const problems = [
    ...checkKind(properties, 'properties', [...path, 'propertiesId']),
    ...checkKind(mapping, 'mapping', [...path, 'mappingId']),
  ]
  if (!attributes.has(step.eventIdAttribute))
    problems.push({
      path: [...path, 'eventIdAttribute'],
      message: attributes.unknown(step.eventIdAttribute),
    })
  if (problems.length === 0 && properties && mapping)
    problems.push(...checkTogether(properties, mapping, path, attributes))
  addProcessed(attributes, mapping)
  return problems
}

function checkKind(
  table: LoadedTable | undefined,
  kind: TableKind,
  path: LineProblem['path'],
): LineProblem[] {
  if (!table) return [{ path, message: 'There is no such table any more. Choose another one.' }]
  if (table.kind === kind) return []
  return [{ path, message: `${table.name} is ${KIND_WORDS[table.kind]}; here belongs ${KIND_WORDS[kind]}.` }]
}

function checkTogether(
  properties: LoadedTable,
  mapping: LoadedTable,
  path: LineProblem['path'],
  attributes: RowAttributes,
): LineProblem[] {
  const found = checkMapping(toEventProperties(properties), toAttributeMapping(mapping), attributes.names)
  const tell = ({ table, row, column, detail, severity }: ProcessingProblem): LineProblem => {
    const [name, field] =
      table === 'mapping' ? [mapping.name, 'mappingId'] : [properties.name, 'propertiesId']
    const place = column ? `row ${row}, column ${column}` : `row ${row}`
    const message = `Table ${name}, ${place}: ${detail}`
    return { path: [...path, field], message, ...(severity === 'warning' && { isWarning: true }) }
  }
  return found.slice(0, MAX_TOLD).map(tell)
}

function addProcessed(attributes: RowAttributes, mapping: LoadedTable | undefined): void {
  const given = mapping?.kind === 'mapping' ? attributesGiven(toAttributeMapping(mapping)) : undefined
  for (const name of PROCESSED_ATTRIBUTES) {
    if (!given || given.has(name)) attributes.add(name)
    else attributes.addBlank(name, `no row of the table ${mapping?.name} gives ${name} a value`)
  }
}
