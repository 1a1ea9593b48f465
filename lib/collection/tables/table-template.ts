import { MAPPING_COLUMNS } from '@/lib/collection/processing/attribute-mapping'
import { type EventProperties, PROPERTIES_COLUMNS } from '@/lib/collection/processing/event-properties'
import { FORMATTED } from '@/lib/collection/processing/resolve-name'
import { formatTable } from './format-table'
import { guessAttribute } from './guess-attribute'

/** Properties that a template without a sample has room for, as the format's own example has. */
const USUAL_PROPERTIES = 10

export type TemplateWishes = {
  kind: 'properties' | 'mapping'
  eventIds?: readonly string[]
  /** How many own properties rows of an event id have. */
  propertyCounts?: Readonly<Record<string, number>>
  /** Attributes of the rows that the mapping is for. */
  attributes?: readonly string[]
  /** The event types that the mapping is for. */
  properties?: EventProperties
}

const numbersTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

function propertiesTemplate(eventIds: readonly string[], counts: Readonly<Record<string, number>>): string {
  const most = Math.max(USUAL_PROPERTIES, ...eventIds.map((id) => counts[id] ?? 0))
  const numbers = numbersTo(most)
  const rows = eventIds.map((id) => [
    id,
    `Event ${id}`,
    '',
    '',
    ...numbers.map((n) => (n <= (counts[id] ?? 0) ? `Property${n}` : '')),
  ])
  return formatTable({ columns: [...PROPERTIES_COLUMNS, ...numbers.map(String)], rows })
}

/** What is a sensible beginning for every event type. */
const FIRST_VALUES: Readonly<Record<string, string>> = {
  log_whateventcategory: '{category}',
  log_whateventcode: '{eventid}',
  log_whateventcodelabel: '{message}',
  log_whatcount: '1',
  log_whatdisplayname: '{message}',
}

function mappingTemplate({ eventIds, attributes = [], properties, propertyCounts = {} }: TemplateWishes) {
  const ids = eventIds && eventIds.length > 0 ? eventIds : [...(properties?.keys() ?? [])]
  const guessed = new Map(
    MAPPING_COLUMNS.map((column) => [column, FIRST_VALUES[column] ?? guessAttribute(column, attributes)]),
  )
  const rows = ids.map((id) => {
    const type = properties?.get(id)
    const hasOwn = (type?.names.length ?? 0) > 0 || (propertyCounts[id] ?? 0) > 0
    const own: Readonly<Record<string, string>> = {
      eventid: id,
      description: type?.message ?? '',
      ...(hasOwn && { log_whatdata: `{${FORMATTED}}` }),
    }
    return MAPPING_COLUMNS.map((column) => own[column] ?? guessed.get(column) ?? '')
  })
  return formatTable({ columns: [...MAPPING_COLUMNS], rows })
}

/** A configuration file to begin with, as CSV: its header, and a row for each event id. */
export function tableTemplate(wishes: TemplateWishes): string {
  const { kind, eventIds = [], propertyCounts = {} } = wishes
  return kind === 'properties' ? propertiesTemplate(eventIds, propertyCounts) : mappingTemplate(wishes)
}
