import type { Transaction } from '@/db/client'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { LEVELS, type Level } from '@/lib/event/levels'
import { FACET_NAMES, type FacetName } from './facet-names'
import type { TrailFilter } from './filter'
import { countMatched, matchTrail } from './match-trail'
import { resolveMoment } from './moments'
import { readTally, type Tally, tallyFacet, tallySpan, tallyTimes } from './tally'
import { chooseStep } from './time-steps'

/** How many events: the number itself, or, where counting them all would make a reader wait, at least so many. */
export type Count = { value: number; exact: boolean }

/** Most frequent values first. A facet is counted under the whole filter but its own choice, so it offers alternatives. */
export type Facets = Partial<
  Record<FacetName, { values: { value: string; count: number }[]; exact: boolean }>
>

/** Events by `occurredAt` in equal steps from `from` (inclusive, RFC 3339 UTC) to `to` (exclusive); empty bars are left out. */
export type Histogram = {
  from: string
  to: string
  stepMs: number
  bars: { at: string; levels: Partial<Record<Level, number>> }[]
  exact: boolean
}

export type OverviewRequest = {
  /** Bars of the histogram at most; 60 unless given. */
  bars?: number
  facets?: readonly FacetName[]
  /** Values of a facet; 10 unless given. */
  values?: number
}
export type Overview = { count: Count; histogram: Histogram; facets: Facets }

const DEFAULT_BARS = 60
const DEFAULT_VALUES = 10

/** Everything that one overview reads: each filter is matched once, whoever asks for it. */
class Reading {
  private readonly tallies = new Map<TrailFilter, Promise<Tally>>()
  readonly nowMs = Date.now()

  constructor(
    private readonly tx: Transaction,
    private readonly tenantId: string,
  ) {}

  match(filter: TrailFilter) {
    return matchTrail(this.tx, this.tenantId, filter, this.nowMs)
  }

  tally(filter: TrailFilter): Promise<Tally> {
    const known = this.tallies.get(filter)
    if (known) return known
    const tally = this.match(filter).then((matched) => readTally(this.tx, this.tenantId, matched))
    this.tallies.set(filter, tally)
    return tally
  }
}

const reading = <T>(scope: TenantScope, run: (reading: Reading) => Promise<T>): Promise<T> => {
  requirePermission(scope, 'events:read')
  return inTenantSnapshot(scope, (tx) => run(new Reading(tx, scope.tenantId)))
}

async function facetsOf(from: Reading, filter: TrailFilter, request: OverviewRequest): Promise<Facets> {
  const facets: Facets = {}
  for (const name of new Set(request.facets ?? FACET_NAMES)) {
    const isOpen = !filter[name] && !(name === 'level' && filter.minLevel)
    const others = isOpen
      ? filter
      : { ...filter, [name]: undefined, ...(name === 'level' && { minLevel: undefined }) }
    const tally = await from.tally(others)
    const counted = [...tallyFacet(tally, name)].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    const values = counted.slice(0, request.values ?? DEFAULT_VALUES)
    facets[name] = {
      values: values.map(([value, count]) => ({ value, count })),
      exact: tally.matched.exact,
    }
  }
  return facets
}

async function histogramOf(from: Reading, filter: TrailFilter, request: OverviewRequest): Promise<Histogram> {
  const tally = await from.tally(filter)
  const span = tallySpan(tally)
  const moment = (text: string | undefined) => text && Date.parse(resolveMoment(text, from.nowMs))
  const first = moment(filter.from) || span?.first || from.nowMs
  const last = Math.max(first, (moment(filter.to) || (span?.last ?? from.nowMs) + 1) - 1)
  const { start, stepMs, bars } = chooseStep(first, last, request.bars ?? DEFAULT_BARS)
  const counts = tallyTimes(tally, start, stepMs, bars)
  const text = (ms: number) => new Date(ms).toISOString()
  return {
    from: text(start),
    to: text(start + bars * stepMs),
    stepMs,
    bars: Array.from({ length: bars }, (_, bar) => ({
      at: text(start + bar * stepMs),
      levels: Object.fromEntries(
        LEVELS.flatMap((level, i) => (counts[i]?.[bar] ? [[level, counts[i][bar]]] : [])),
      ),
    })).filter(({ levels }) => Object.keys(levels).length > 0),
    exact: tally.matched.exact,
  }
}

/** How many events pass the filter. */
export function countEvents(scope: TenantScope, filter: TrailFilter): Promise<Count> {
  return reading(scope, async (from) => {
    const matched = await from.match(filter)
    return { value: countMatched(matched), exact: matched.exact }
  })
}

/** The most frequent values of each facet among the events that pass. */
export function readFacets(
  scope: TenantScope,
  filter: TrailFilter,
  request: OverviewRequest = {},
): Promise<Facets> {
  return reading(scope, (from) => facetsOf(from, filter, request))
}

/** Events by level over the filter's time range; where that is open, over the time that the events span. */
export function readHistogram(
  scope: TenantScope,
  filter: TrailFilter,
  request: OverviewRequest = {},
): Promise<Histogram> {
  return reading(scope, (from) => histogramOf(from, filter, request))
}

/** Count, histogram and facets of one filter, as a reader sees them above a page of it. */
export function readOverview(
  scope: TenantScope,
  filter: TrailFilter,
  request: OverviewRequest = {},
): Promise<Overview> {
  return reading(scope, async (from) => {
    const { matched } = await from.tally(filter)
    return {
      count: { value: countMatched(matched), exact: matched.exact },
      histogram: await histogramOf(from, filter, request),
      facets: await facetsOf(from, filter, request),
    }
  })
}
