import { COLUMN_IDS, type ColumnId } from './event-columns'

/** How a person likes to see the trail: kept in a cookie; an address may carry its own. */
export const DISPLAY_COOKIE = 'spoor-trail'

export const DENSITIES = ['comfortable', 'compact'] as const
export type Density = (typeof DENSITIES)[number]

export type TrailDisplay = { columns: ColumnId[]; density: Density; facets: boolean }

export const DEFAULT_COLUMNS: readonly ColumnId[] = [
  'time',
  'level',
  'type',
  'action',
  'status',
  'actor',
  'target',
  'message',
  'ip',
  'proof',
]

/** Named columns in the table's order; always the one that opens the event. The default for none. */
export function parseColumns(text: string | null): ColumnId[] {
  const wanted = text?.split(',') ?? []
  const columns = COLUMN_IDS.filter((id) => id === 'message' || wanted.includes(id))
  return columns.length > 1 || wanted.includes('message') ? columns : [...DEFAULT_COLUMNS]
}

const parseDensity = (text: string | null): Density => DENSITIES.find((one) => one === text) ?? 'comfortable'

/** The reader's choice, but what the address says goes first. */
export function parseDisplay(cookie: string | undefined, address: URLSearchParams): TrailDisplay {
  const kept = new URLSearchParams(cookie)
  return {
    columns: parseColumns(address.get('columns') ?? kept.get('columns')),
    density: parseDensity(address.get('density') ?? kept.get('density')),
    facets: kept.get('facets') !== 'off',
  }
}

/** The parameters that make another reader see the same; none for what everybody sees anyway. */
export function displayParams({ columns, density }: TrailDisplay): [name: string, value: string][] {
  const params: [string, string][] = []
  if (!hasDefaultColumns(columns)) params.push(['columns', columns.join(',')])
  if (density !== 'comfortable') params.push(['density', density])
  return params
}

export function hasDefaultColumns(columns: readonly ColumnId[]): boolean {
  return parseColumns(null).join() === columns.join()
}

/** What the cookie holds; empty when nothing differs from the default. */
export function displayCookie(display: TrailDisplay): string {
  const kept = new URLSearchParams(displayParams(display))
  if (!display.facets) kept.set('facets', 'off')
  return kept.toString()
}
