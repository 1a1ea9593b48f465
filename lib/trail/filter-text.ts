import type { TrailFilter } from './filter'
import { filterToSearchParams } from './filter-url'

/** A filter may have hundreds of long values; an event that tells of it has its beginning. */
const MAX_LENGTH = 4_000

/** A filter for an event of our own: as the query string that selects the same, `""` for the whole trail. */
export function describeFilter(filter: TrailFilter): string {
  const text = filterToSearchParams(filter).toString()
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}
