import { ENTITY_LABELS, isEntityType } from '@/lib/ledger/entity-types'
import type { ChoiceName } from '@/lib/trail/filter'

/** What each filter is called; the order is the one in which active filters are listed. */
export const FILTER_LABELS: Record<ChoiceName, string> = {
  q: 'Text',
  type: 'Type',
  level: 'Level',
  action: 'Action',
  status: 'Status',
  actor: 'Actor',
  actorEntity: 'By, in the ledger',
  target: 'Target',
  targetEntity: 'To, in the ledger',
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

/** Filters of which the values are entities of the ledger. */
export const ENTITY_FILTERS = ['actorEntity', 'targetEntity'] as const satisfies readonly ChoiceName[]
type EntityFilterName = (typeof ENTITY_FILTERS)[number]

/** Whether the values of a filter are entities of the ledger. */
export const isEntityFilter = (name: string): name is EntityFilterName =>
  ENTITY_FILTERS.some((known) => known === name)

/** `Person`, `To group`: what kind of entity such a filter looks for, and whether it did it or it was done to it. */
export function entityFilterLabel(name: EntityFilterName, value: string): string {
  const type = value.slice(0, value.indexOf(':'))
  const label =
    type === 'identity' ? 'Person' : isEntityType(type) ? ENTITY_LABELS[type].one : FILTER_LABELS[name]
  return name === 'actorEntity' ? label : `To ${label.toLowerCase()}`
}
