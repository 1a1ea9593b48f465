import { wallTimeToIso } from './time-ranges'
import { PAGE_PARAMS } from './trail-url'

/** Events on a page: about two screens. */
export const PAGE_SIZES = [50, 100, 200]
const DEFAULT_SIZE = 50

export type PageParams = Record<string, string | string[] | undefined>

export function toSearchParams(params: PageParams): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params))
    for (const one of [value ?? []].flat()) search.append(name, one)
  return search
}

/**
 * The address that says the same without noise: a plain form sends empty fields, doubles, times without a
 * zone, and which `range` was chosen: `all`, `custom`, or a time back from now.
 */
export function tidyParams(params: URLSearchParams, timeZone: string): URLSearchParams {
  const tidy = new URLSearchParams()
  for (const [name, text] of params) {
    const value = text.trim()
    if (!value || value === '!') continue
    if (name === 'from' || name === 'to') tidy.set(name, wallTimeToIso(value, timeZone))
    else if (!tidy.getAll(name).includes(value)) tidy.append(name, value)
  }
  const range = tidy.get('range')
  tidy.delete('range')
  if (range === null || range === 'custom') return tidy
  tidy.delete('from')
  tidy.delete('to')
  if (range !== 'all') tidy.set('from', range)
  return tidy
}

/** What the filter parser reads: the page's own parameters taken out. */
export function filterParams(params: URLSearchParams): URLSearchParams {
  const filter = new URLSearchParams(params)
  for (const name of PAGE_PARAMS) filter.delete(name)
  return filter
}

export function pageSize(params: URLSearchParams): number {
  const limit = Number(params.get('limit'))
  return PAGE_SIZES.includes(limit) ? limit : DEFAULT_SIZE
}

/** Whether the reader looks at the whole trail from its newest end. */
export function isUnfiltered(params: URLSearchParams): boolean {
  return [...params.keys()].every((name) => name === 'limit')
}
