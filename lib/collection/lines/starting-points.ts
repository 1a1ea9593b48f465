import { processedTarget } from '@/lib/collection/target/processed-target'
import type { LineDefinition } from './definition'
import { guessDate } from './guess-date'
import { guessEventId, guessFields } from './guess-fields'

/** What a new line may begin with. */
export const STARTING_POINTS = [
  {
    name: 'columns',
    title: 'Columns to fields',
    description:
      'Each row is one event, and its columns are its values: an export of an application, a list of sign-ins.',
  },
  {
    name: 'processing',
    title: 'Log processing with two files',
    description:
      'Rows of many event types, each with properties of its own, as Windows writes them: an event properties file and a mapping file say what they mean.',
  },
  { name: 'blank', title: 'Blank', description: 'The columns of the source, and nothing else yet.' },
] as const
export type StartingPoint = (typeof STARTING_POINTS)[number]['name']

/** The first rows of a file, by which columns are understood. */
type Seen = { header: readonly string[]; rows: readonly (readonly string[])[] }
type Tables = { propertiesId: string; mappingId: string }

/** The columns that have a name of their own: others can't be called. */
const sourceOf = (header: readonly string[]) => ({
  attributes: [...new Set(header.map((name) => name.trim()).filter((name) => name && !/[{}]/.test(name)))],
})

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u
const asRead = (name: string) => (IDENTIFIER.test(name) ? `row.${name}` : `row[${JSON.stringify(name)}]`)

/** A field's template: the column as it stands there. */
const asTemplate = (name: string) => `{${name}}`

/**
 * The beginning of a line, filled in from what a file looks like: what it needs beyond that is said by `checkLine`.
 * `tables` are those of `processing`, which without them has no step yet.
 */
export function startLine(point: StartingPoint, seen: Seen, tables?: Tables): LineDefinition {
  const source = sourceOf(seen.header)
  if (point === 'blank') return { source, steps: [], target: {} }
  if (point === 'columns') return { source, ...startColumns(source.attributes, seen) }
  const eventIdAttribute = guessEventId(source.attributes)
  if (!tables || eventIdAttribute === undefined) return { source, steps: [], target: processedTarget() }
  return {
    source,
    steps: [{ kind: 'processing', note: '', ...tables, eventIdAttribute, unknown: 'reject' }],
    target: processedTarget(),
  }
}

function startColumns(columns: readonly string[], seen: Seen): Pick<LineDefinition, 'steps' | 'target'> {
  const guessed = guessFields(columns)
  const target: LineDefinition['target'] = { whatcount: '1' }
  for (const [field, column] of Object.entries<string>(guessed as Record<string, string>))
    target[field as keyof typeof target] = asTemplate(column)
  const { date } = guessed
  if (date === undefined) return { steps: [], target }
  const place = seen.header.findIndex((name) => name.trim() === date)
  const expression = guessDate(
    seen.rows.map((cells) => cells[place] ?? ''),
    asRead(date),
  )
  if (expression === undefined) return { steps: [], target }
  const note = 'Dates as the log target wants them: YYYYMMDDHHMMSS in UTC.'
  return {
    steps: [{ kind: 'update', note, set: [{ attribute: 'log_date', expression }] }],
    target: { ...target, date: '{log_date}' },
  }
}
