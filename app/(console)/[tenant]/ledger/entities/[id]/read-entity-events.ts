import { type EntityAddress, sideQuery } from '@/components/ledger/entities/entity-address'
import type { OverviewResult } from '@/components/trail/overview-result'
import { type TrailRow, toTrailRow } from '@/components/trail/trail-row'
import type { TenantScope } from '@/lib/access/scope'
import { newReference, reportError } from '@/lib/errors/report-error'
import type { EntityView } from '@/lib/ledger/entities/entity-view'
import { readTimeline } from '@/lib/ledger/timeline/read-timeline'
import { parseFilter } from '@/lib/trail/filter-url'
import { readOverview } from '@/lib/trail/overview'

const PAGE_SIZE = 25

/** Bars that a finger still tells apart on a phone. */
const BARS = 60

/** A page of one side of an entity, as the trail shows events. */
export async function readEntityRows(
  scope: TenantScope,
  entity: EntityView,
  { side, cursor }: EntityAddress,
): Promise<{ rows: TrailRow[]; next: string | null }> {
  const { events, next } = await readTimeline(scope, { entity: entity.id, side, cursor, limit: PAGE_SIZE })
  return { rows: events.map(({ matched, ...event }) => toTrailRow(event, undefined, matched)), next }
}

/** When it did things, or they were done to it. Never rejects: the page of events stands without it. */
export async function readEntityOverview(
  scope: TenantScope,
  entity: EntityView,
  { side }: EntityAddress,
): Promise<OverviewResult> {
  try {
    const filter = parseFilter(sideQuery(entity, side))
    return { ok: true, overview: await readOverview(scope, filter, { bars: BARS, facets: [] }) }
  } catch (error) {
    const reference = newReference()
    reportError(error, reference)
    return { ok: false, reference }
  }
}
