import { PROPERTIES_ATTRIBUTE, PROPERTY_SEPARATOR } from '@/lib/collection/processing/event-properties'
import { AppError } from '@/lib/errors/app-error'
import { nearestName } from '@/lib/event/nearest-name'

/** Event ids that a sample has, in the order of their first rows, and how many own properties each one has at most. */
export type SeenEvents = { eventIds: string[]; propertyCounts: Record<string, number> }

/** The event ids of a sample, for a template. Throws `invalid` where the sample has no such attribute. */
export function readEventIds(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  eventIdAttribute: string,
): SeenEvents {
  const [idPlace, place] = [header.indexOf(eventIdAttribute), header.indexOf(PROPERTIES_ATTRIBUTE)]
  if (idPlace < 0) {
    const near = nearestName(eventIdAttribute, header)
    const hint = near ? `Did you mean ${near}?` : `It has ${header.join(', ')}.`
    throw new AppError('invalid', `The sample has no column ${eventIdAttribute}. ${hint}`)
  }
  const counts = new Map<string, number>()
  for (const cells of rows) {
    const id = (cells[idPlace] ?? '').trim()
    const properties = cells[place] ?? ''
    const count = properties === '' ? 0 : properties.split(PROPERTY_SEPARATOR).length
    if (id !== '') counts.set(id, Math.max(count, counts.get(id) ?? 0))
  }
  return { eventIds: [...counts.keys()], propertyCounts: Object.fromEntries(counts) }
}
