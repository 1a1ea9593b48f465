import { inTenant } from '@/lib/access/in-tenant'
import type { StoredEvent } from '@/lib/event/stored-event'
import { countEntities } from '@/lib/ledger/entities/count'
import { findEntity } from '@/lib/ledger/entities/find'
import { getEntity } from '@/lib/ledger/entities/get'
import { listEntitiesSchema } from '@/lib/ledger/entities/input'
import { listEntities } from '@/lib/ledger/entities/list'
import { removeEntity } from '@/lib/ledger/entities/remove'
import { saveEntity } from '@/lib/ledger/entities/save'
import { applyImport } from '@/lib/ledger/imports/apply'
import { applyPlan } from '@/lib/ledger/imports/apply-plan'
import { discardImport } from '@/lib/ledger/imports/discard'
import { exportEntities } from '@/lib/ledger/imports/export'
import { getImport } from '@/lib/ledger/imports/get'
import { importLedger } from '@/lib/ledger/imports/import-ledger'
import { readImport } from '@/lib/ledger/imports/import-row'
import { listImports } from '@/lib/ledger/imports/list'
import { planImport } from '@/lib/ledger/imports/plan-import'
import { previewImport } from '@/lib/ledger/imports/preview'
import { readContent } from '@/lib/ledger/imports/read-content'
import { readMatchOrigins } from '@/lib/ledger/matched/read-match-origins'
import { readMatchedEvents } from '@/lib/ledger/matched/read-matched-events'
import { resolveOnce } from '@/lib/ledger/matched/resolve-once'
import { listUnmatched } from '@/lib/ledger/matching/list-unmatched'
import { matchStep } from '@/lib/ledger/matching/match-step'
import { matchTenant } from '@/lib/ledger/matching/match-tenant'
import { readMatchingState } from '@/lib/ledger/matching/matching-state'
import { getMatchingStatus } from '@/lib/ledger/matching/matching-status'
import { rematchStep } from '@/lib/ledger/matching/rematch-step'
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

const done = () => 'done'
const refused = () => 'refused by the database'
const DELTA = { type: 'identity', mode: 'delta', effectiveFrom: null } as const
const FILE = { ...DELTA, content: 'key;display_name\nintruder;Intruder\n' }

const byEntity = ({ entityKey }: FilledTenant): TrailFilter => ({
  actorEntity: { include: [`identity:${entityKey}`], exclude: [] },
})

/** An event whose actor the victim's ledger knows. */
const eventOf = async ({ scope, eventId, entityKey }: FilledTenant): Promise<StoredEvent> => ({
  ...(await getEvent(scope, eventId)),
  origin: `token:${entityKey}`,
  actor: { login: entityKey },
  targets: [],
})

/** Verbs that name an entity or an import of the victim. */
export const LEDGER_NOT_FOUND: Record<string, Attempt> = {
  'ledger/entities/get getEntity': (b, a) => getEntity(b, { id: a.entityId }),
  'ledger/entities/remove removeEntity': (b, a) => removeEntity(b, { id: a.entityId }),
  'ledger/entities/save saveEntity': (b, a) =>
    saveEntity(b, { type: 'identity', id: a.entityId, key: a.entityKey, displayName: 'Intruder' }),
  'ledger/imports/apply applyImport': (b, a) => applyImport(b, { id: a.importId }),
  'ledger/imports/discard discardImport': (b, a) => discardImport(b, { id: a.importId }),
  'ledger/imports/get getImport': (b, a) => getImport(b, { id: a.importId }),
  'ledger/imports/import-row readImport': (b, a) => inTenant(b, (tx) => readImport(tx, b, a.importId)),
  'ledger/timeline/count-activity countActivity': (b, a) => countActivity(b, { entity: a.entityId }),
  'ledger/timeline/read-timeline readTimeline': (b, a) =>
    readTimeline(b, { entity: a.entityId, side: 'actor', limit: 10 }),
}

/** Those that name none, or look for some. */
export const LEDGER_NOTHING: Record<string, Attempt> = {
  'ledger/entities/count countEntities': (b) => countEntities(b),
  'ledger/entities/find findEntity': (b, a) => findEntity(b, { type: 'identity', key: a.entityKey }),
  'ledger/entities/list listEntities': (b, a) =>
    listEntities(b, listEntitiesSchema.parse({ q: a.entityKey })),
  'ledger/imports/apply-plan applyPlan': async (b, a) => {
    const { entities } = await readContent(FILE.content, FILE)
    const full = { ...DELTA, mode: 'full' } as const
    const plan = await inTenant(a.scope, (tx) => planImport(tx, a.scope.tenantId, full, entities, []))
    const options = { ...full, id: a.importId, name: '' }
    return inTenant(b, (tx) => applyPlan(tx, b, plan, options)).catch(refused)
  },
  'ledger/imports/export exportEntities': async (b) => (await exportEntities(b, { type: 'identity' })).text(),
  'ledger/imports/import-ledger importLedger': (b) => importLedger(b, { ...FILE, mode: 'full' }),
  'ledger/imports/list listImports': (b) => listImports(b),
  'ledger/imports/preview previewImport': (b) => previewImport(b, { ...FILE, mode: 'full' }),
  'ledger/matched/read-match-origins readMatchOrigins': async (b, a) => readMatchOrigins(b, await eventOf(a)),
  'ledger/matched/read-matched-events readMatchedEvents': async (b, a) => [
    ...(await readMatchedEvents(b, [await eventOf(a)])),
  ],
  'ledger/matched/resolve-once resolveOnce': async (b, a) => (await resolveOnce(b, byEntity(a))).mentions,
  'ledger/matching/list-unmatched listUnmatched': (b) => listUnmatched(b),
  'ledger/matching/match-step matchStep': (b) => matchStep(b),
  'ledger/matching/match-tenant matchTenant': (b) => matchTenant(b, { budgetMs: 1_000 }),
  'ledger/matching/matching-status getMatchingStatus': (b) => getMatchingStatus(b),
  'ledger/matching/rematch-step rematchStep': async (b, a) => {
    const state = await inTenant(a.scope, (tx) => readMatchingState(tx, a.scope.tenantId))
    return inTenant(b, async (tx) => state && rematchStep(tx, b, state)).then(done, refused)
  },
  'trail/entity-facets readEntityFacets': (b) => readEntityFacets(b, {}),
  'trail/export/match-lines matchLines': async (b, a) =>
    JSON.parse(await matchLines(b, JSON.stringify(await eventOf(a)))).matched,
  'trail/filter-entities readFilterEntities': async (b, a) => [
    ...(await readFilterEntities(b, byEntity(a))).values(),
  ],
  'trail/filtered-head readFilteredHead': (b, a) => readFilteredHead(b, byEntity(a)),
  'trail/with-matched withMatched': async (b, a) =>
    (await withMatched(b, [await eventOf(a)], 'true')).map(({ matched }) => matched),
}
