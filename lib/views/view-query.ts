import { filterToSearchParams, parseFilter } from '@/lib/trail/filter-url'

/** What a view keeps of the page's address besides the filter: how the table looks. */
const TABLE_PARAMS = ['order', 'limit', 'columns', 'density']
/** Where its reader stood, which is nobody else's business. */
const PASSING_PARAMS = ['cursor', 'view', 'live']

/**
 * The query string that a view keeps: the filter as the parser understood it, then the table's settings. Throws
 * `invalid` for what the filter doesn't know.
 */
export function tidyViewQuery(query: string): string {
  const params = new URLSearchParams(query)
  for (const name of PASSING_PARAMS) params.delete(name)
  const kept = filterToSearchParams(parseFilter(params, TABLE_PARAMS))
  for (const name of TABLE_PARAMS) for (const value of params.getAll(name)) kept.append(name, value)
  return kept.toString()
}
