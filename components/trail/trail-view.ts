import { wallTimeToIso } from './time-ranges'
import { excluding, PAGE_PARAMS, plainValue } from './trail-url'

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

/** What a plain form sends besides filters: see `tidyParams`. */
const FORM_PARAMS = ['range', 'not', 'fieldIn', 'fieldPath', 'fieldValue']

/**
 * The address that says the same without noise. A plain form sends empty fields, doubles, times without a
 * zone; which `range` was chosen (`all`, `custom`, or a time back from now); as `not` the field whose typed
 * value its button excludes; and a path inside the event in parts.
 */
export function tidyParams(params: URLSearchParams, timeZone: string): URLSearchParams {
  const tidy = new URLSearchParams()
  const add = (name: string, value: string) => {
    if (!tidy.getAll(name).includes(value)) tidy.append(name, value)
  }
  let typed = params.get('not')
  for (const [name, text] of params) {
    let value = text.trim()
    if (FORM_PARAMS.includes(name)) continue
    // A field's typed value is sent before those chosen earlier.
    if (name === typed) {
      if (value) value = excluding(plainValue(value))
      typed = null
    }
    if (!value || value === '!') continue
    if (name === 'from' || name === 'to') tidy.set(name, wallTimeToIso(value, timeZone))
    else add(name, value)
  }
  const field = typedField(params)
  if (field) add(...field)
  const range = params.get('range')
  if (!range || range === 'custom') return tidy
  tidy.delete('from')
  tidy.delete('to')
  if (range !== 'all') tidy.set('from', range)
  return tidy
}

/** `data.request.id` and its value, when both were typed. */
function typedField(params: URLSearchParams): [path: string, raw: string] | undefined {
  const [root, path, value] = ['fieldIn', 'fieldPath', 'fieldValue'].map((name) => params.get(name)?.trim())
  if (!path || !value || value === '!') return undefined
  const name = /^(data|custom)\./.test(path) ? path : `${root || 'data'}.${path}`
  return [name, params.get('not') === 'fieldValue' ? excluding(plainValue(value)) : value]
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
  return filterParams(params).size === 0 && !params.has('cursor')
}

/** Newest first unless the address says otherwise. */
export function pageOrder(params: URLSearchParams): 'asc' | 'desc' {
  return params.get('order') === 'asc' ? 'asc' : 'desc'
}

/** Whether new events appear by themselves: on the newest page only. */
export function isLive(params: URLSearchParams): boolean {
  return params.get('live') === '1' && pageOrder(params) === 'desc' && !params.has('cursor')
}
