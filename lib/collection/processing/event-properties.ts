import type { TableContent } from '@/lib/collection/tables/table'

/** The columns before the numbered ones. */
export const PROPERTIES_COLUMNS = ['eventid', 'message', 'category', 'subcategory'] as const

/** The attribute of a row that has the values of its event's own properties. */
export const PROPERTIES_ATTRIBUTE = 'properties'
export const PROPERTY_SEPARATOR = '|'

/** What an event properties table says of one event type. `row` is that of the table; the first below the header is 2. */
export type EventType = {
  row: number
  message: string
  category: string
  subcategory: string
  /** Names of its own properties, in the order of their values. */
  names: string[]
}

/** By event id. */
export type EventProperties = ReadonlyMap<string, EventType>

/** Names end at the last that is not blank. */
function namesOf(cells: readonly string[]): string[] {
  const end = cells.findLastIndex((name) => name !== '') + 1
  return cells.slice(0, end)
}

/** The event types of a table that was checked when it was saved. */
export function toEventProperties({ rows }: TableContent): EventProperties {
  return new Map(
    rows.map(([id = '', message = '', category = '', subcategory = '', ...names], i) => [
      id,
      { row: i + 2, message, category, subcategory, names: namesOf(names) },
    ]),
  )
}

/** A name without its spaces: the mapping may write `{param.NewFile}` for the property `New File`. */
const withoutSpaces = (name: string) => name.replaceAll(/\s/g, '')

/**
 * Places of the properties that a `{param.…}` may mean: those of exactly that name, else those that differ in spaces
 * only. More than one is ambiguous.
 */
export function findProperty(names: readonly string[], wanted: string): number[] {
  const placesOf = (isMeant: (name: string) => boolean) =>
    names.flatMap((name, i) => (isMeant(name) ? [i] : []))
  const exact = placesOf((name) => name === wanted)
  if (exact.length > 0) return exact
  return placesOf((name) => name !== '' && withoutSpaces(name) === withoutSpaces(wanted))
}
