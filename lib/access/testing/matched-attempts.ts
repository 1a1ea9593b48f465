import { readMatchOrigins } from '@/lib/ledger/matched/read-match-origins'
import { readMatchedEvents } from '@/lib/ledger/matched/read-matched-events'
import { resolveOnce } from '@/lib/ledger/matched/resolve-once'
import { countActivity } from '@/lib/ledger/timeline/count-activity'
import { readTimeline } from '@/lib/ledger/timeline/read-timeline'
import { readEntityFacets } from '@/lib/trail/entity-facets'
import { matchLines } from '@/lib/trail/export/match-lines'
import type { TrailFilter } from '@/lib/trail/filter'
import { readFilterEntities } from '@/lib/trail/filter-entities'
import { readFilteredHead } from '@/lib/trail/filtered-head'
import { getEvent } from '@/lib/trail/get'
import { withMatched } from '@/lib/trail/with-matched'
import type { Attempt } from './destination-attempts'
import type { FilledTenant } from './filled-tenant'

/** An entity that nobody has: the key of the victim's is one of the marks. */
const byEntity: TrailFilter = { actorEntity: { include: ['identity:nobody'], exclude: [] } }

const eventOf = ({ scope, eventId }: FilledTenant) => getEvent(scope, eventId)

export const MATCHED_NOT_FOUND: Record<string, Attempt> = {
  'ledger/timeline/count-activity countActivity': (b, a) => countActivity(b, { entity: a.entityId }),
  'ledger/timeline/read-timeline readTimeline': (b, a) =>
    readTimeline(b, { entity: a.entityId, side: 'actor', limit: 10 }),
}

export const MATCHED_NOTHING: Record<string, Attempt> = {
  'ledger/matched/read-match-origins readMatchOrigins': async (b, a) => readMatchOrigins(b, await eventOf(a)),
  'ledger/matched/read-matched-events readMatchedEvents': async (b, a) => [
    ...(await readMatchedEvents(b, [await eventOf(a)])),
  ],
  'ledger/matched/resolve-once resolveOnce': (b) => resolveOnce(b, byEntity),
  'trail/entity-facets readEntityFacets': (b) => readEntityFacets(b, {}),
  'trail/export/match-lines matchLines': (b) =>
    matchLines(b, '{"seq":0,"origin":"token:x","occurredAt":"2026-01-01T00:00:00Z","actor":{"login":"x"}}'),
  'trail/filter-entities readFilterEntities': async (b) => [...(await readFilterEntities(b, byEntity))],
  'trail/filtered-head readFilteredHead': (b) => readFilteredHead(b, byEntity),
  'trail/with-matched withMatched': async (b, a) =>
    (await withMatched(b, [await eventOf(a)], 'true')).map(({ matched }) => matched),
}
