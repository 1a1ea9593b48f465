import type { EntityNames } from '@/components/trail/entity-names'
import type { ColumnId } from '@/components/trail/event-columns'
import type { OverviewResult } from '@/components/trail/overview-result'
import type { TrailPageData } from '@/components/trail/trail-result'
import { toTrailRow } from '@/components/trail/trail-row'
import { filterParams, isLive, isUnfiltered, pageOrder, pageSize } from '@/components/trail/trail-view'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { newReference, reportError } from '@/lib/errors/report-error'
import { readMatchedEvents } from '@/lib/ledger/matched/read-matched-events'
import { decodeCursor } from '@/lib/trail/cursor'
import { type EntityFacets, readEntityFacets } from '@/lib/trail/entity-facets'
import type { TrailFilter } from '@/lib/trail/filter'
import { readFilterEntities } from '@/lib/trail/filter-entities'
import { parseFilter } from '@/lib/trail/filter-url'
import { readHead } from '@/lib/trail/head'
import { type EventPage, listEvents } from '@/lib/trail/list'
import { readOverview } from '@/lib/trail/overview'

/** Bars that a finger still tells apart on a phone. */
const BARS = 60

type TrailAnswer =
  | { ok: true; page: TrailPageData; overview: Promise<OverviewResult>; entityNames: EntityNames }
  | { ok: false; complaints: string[] }

/** The page that the address asks for, with an overview that may take longer; or what is wrong with the address. */
export async function readTrailPage(
  scope: TenantScope,
  params: URLSearchParams,
  columns: readonly ColumnId[],
  hasLedger: boolean,
): Promise<TrailAnswer> {
  const size = pageSize(params)
  try {
    const filter = parseFilter(filterParams(params))
    // Before the page: an event that comes in between is on it and is told again, and the table shows it once.
    const head = isLive(params) ? await readHead(scope) : undefined
    const found = await listEvents(scope, filter, {
      limit: size,
      order: pageOrder(params),
      cursor: params.get('cursor') ?? undefined,
    })
    const { events, next, prev } = found
    // Signing up leaves events of our own: the trail is new while a single page holds nothing else.
    const isNew = isUnfiltered(params) && !next && events.every(({ origin }) => isOwn(origin))
    const [matched, named] = hasLedger
      ? await Promise.all([readMatchedEvents(scope, events), readFilterEntities(scope, filter)])
      : []
    const rows = events.map((event) => toTrailRow(event, columns, matched?.get(event.seq)))
    // Only now: beside the page it would take the processor away from it.
    const overview = readOverviewSafely(scope, filter, hasLedger)
    const page = { rows, size, next, prev, rest: restOf(found, params), head, isNew }
    return { ok: true, page, overview, entityNames: toNames(named) }
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid')
      return { ok: false, complaints: complaintsOf(error) }
    throw error
  }
}

/** Where a page that is not full stopped although there is more to look at. */
function restOf({ events, next, prev }: EventPage, params: URLSearchParams): TrailPageData['rest'] {
  if (events.length >= pageSize(params)) return null
  const cursor = params.get('cursor')
  const order = pageOrder(params)
  const descends = cursor === null ? order === 'desc' : decodeCursor(cursor).side === 'before'
  const ahead = descends === (order === 'desc') ? next : prev
  return ahead === null ? null : { cursor: ahead, seq: decodeCursor(ahead).seq }
}

function toNames(named: Awaited<ReturnType<typeof readFilterEntities>> = new Map()): EntityNames {
  return Object.fromEntries(
    [...named].flatMap(([value, entity]) => (entity ? [[value, entity.display] as const] : [])),
  )
}

/** Never rejects: the page of events stands without it. */
async function readOverviewSafely(
  scope: TenantScope,
  filter: TrailFilter,
  hasLedger: boolean,
): Promise<OverviewResult> {
  try {
    const [overview, entities] = await Promise.all([
      readOverview(scope, filter, { bars: BARS }),
      hasLedger ? readEntitiesSafely(scope, filter) : undefined,
    ])
    return { ok: true, overview: { ...overview, entities } }
  } catch (error) {
    const reference = newReference()
    reportError(error, reference)
    return { ok: false, reference }
  }
}

async function readEntitiesSafely(scope: TenantScope, filter: TrailFilter): Promise<EntityFacets | null> {
  try {
    return await readEntityFacets(scope, filter)
  } catch (error) {
    reportError(error, newReference())
    return null
  }
}

function isOwn(origin: string): boolean {
  return origin === 'console' || origin === 'system'
}

function complaintsOf({ message, details: { violations = [] } }: AppError): string[] {
  if (violations.length === 0) return [message]
  return violations.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`)
}
