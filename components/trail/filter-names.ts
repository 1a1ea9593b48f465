import type { ChoiceName } from '@/lib/trail/filter'

/** What each filter is called; the order is the one in which active filters are listed. */
export const FILTER_LABELS: Record<ChoiceName, string> = {
  q: 'Text',
  type: 'Type',
  level: 'Level',
  action: 'Action',
  status: 'Status',
  actor: 'Actor',
  target: 'Target',
  targetType: 'Target type',
  code: 'Code',
  category: 'Category',
  source: 'Source',
  ip: 'IP address',
  session: 'Session',
  dataSource: 'Data source',
}

const FILTER_NAMES = Object.keys(FILTER_LABELS)

/** Paths inside the event (`data.request.id`) that the address compares. */
export function fieldPathsOf(params: URLSearchParams): string[] {
  return [...new Set(params.keys())].filter((name) => /^(data|custom)\./.test(name))
}

/** The filters of the address that hold values, as they are listed. */
export function activeNames(params: URLSearchParams): string[] {
  return [...FILTER_NAMES.filter((name) => params.has(name)), ...fieldPathsOf(params)]
}

/** What a filter is called; a path is its own name. */
export function filterLabel(name: string): string {
  return Object.hasOwn(FILTER_LABELS, name) ? FILTER_LABELS[name as ChoiceName] : name
}
