import { beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { noteRead } from '@/lib/audit/note-read'
import { recordEvent } from '@/lib/audit/record-event'
import { newMemberScope } from '@/lib/auth/testing/people'
import { eraseActor } from '@/lib/erasure/erase-actor'
import { eraseNextChunk } from '@/lib/erasure/erase-next-chunk'
import { eraseValues } from '@/lib/erasure/erase-values'
import { getErasure } from '@/lib/erasure/get'
import { listErasures } from '@/lib/erasure/list'
import { listSlots } from '@/lib/erasure/list-slots'
import { previewErasure } from '@/lib/erasure/preview'
import { previewActor } from '@/lib/erasure/preview-actor'
import { redactEvents } from '@/lib/erasure/redact-events'
import { listHolds } from '@/lib/holds/list'
import { placeHold } from '@/lib/holds/place'
import { releaseHold } from '@/lib/holds/release'
import { anchorSettingsSchema } from '@/lib/integrity/anchor/input'
import { getTimestamp } from '@/lib/integrity/anchor/send-timestamp'
import { getAnchorSettings, setAnchorSettings } from '@/lib/integrity/anchor/settings'
import { evidenceBundle } from '@/lib/integrity/bundle/evidence-bundle'
import { exportEvidence } from '@/lib/integrity/bundle/export-evidence'
import { provenEvents } from '@/lib/integrity/bundle/proven-events'
import { readEventChunks } from '@/lib/integrity/bundle/read-event-chunks'
import { readFrame } from '@/lib/integrity/bundle/read-frame'
import { checkNoticesSealed, readNotices } from '@/lib/integrity/bundle/read-notices'
import { recordEvidence, recordEvidenceStart } from '@/lib/integrity/bundle/record-evidence'
import type { EvidenceRequest } from '@/lib/integrity/bundle/request'
import { answerEvidence } from '@/lib/integrity/bundle/send-evidence'
import { describeLog } from '@/lib/integrity/log/describe-log'
import { findLog } from '@/lib/integrity/log/find-log'
import { listCheckpoints } from '@/lib/integrity/log/list-checkpoints'
import { proveConsistency } from '@/lib/integrity/log/prove-consistency'
import { proveEvent } from '@/lib/integrity/log/prove-event'
import { proveInclusion } from '@/lib/integrity/log/prove-inclusion'
import { readKeys } from '@/lib/integrity/log/read-keys'
import { listRequests, requestEpoch, requestRotation } from '@/lib/integrity/log/requests'
import { requireLog } from '@/lib/integrity/log/require-log'
import { scrubTrail } from '@/lib/integrity/scrub/run-scrub'
import { readScrubStatus } from '@/lib/integrity/scrub/scrub-status'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { listMembers } from '@/lib/members/list'
import { watchBell } from '@/lib/notifications/bell-watch'
import { claimNotification } from '@/lib/notifications/claim-notification'
import { followNotifications } from '@/lib/notifications/follow-notifications'
import { listNotifications } from '@/lib/notifications/list-notifications'
import { listReceipts } from '@/lib/notifications/list-receipts'
import { markRead } from '@/lib/notifications/mark-read'
import { readBell } from '@/lib/notifications/read-bell'
import { answerNotifications } from '@/lib/notifications/send-notifications'
import { announceDrop } from '@/lib/retention/drop-events'
import { emptyEvents } from '@/lib/retention/empty-events'
import { getRetention } from '@/lib/retention/get'
import { setRetentionSchema } from '@/lib/retention/input'
import { retainNextChunk } from '@/lib/retention/retain-next-chunk'
import { setRetention } from '@/lib/retention/set'
import { retentionStatus } from '@/lib/retention/status'
import { createToken } from '@/lib/tokens/create'
import { listTokens } from '@/lib/tokens/list'
import { revokeToken } from '@/lib/tokens/revoke'
import { exportEvents } from '@/lib/trail/export/export-events'
import { exportSchema } from '@/lib/trail/export/input'
import { readChunks } from '@/lib/trail/export/read-chunks'
import { recordExport, recordExportStart } from '@/lib/trail/export/record-export'
import { endExport, findExport, registerExport } from '@/lib/trail/export/running-exports'
import type { TrailFilter } from '@/lib/trail/filter'
import { followTrail } from '@/lib/trail/follow'
import { watchHead } from '@/lib/trail/follow-head'
import { getEvent } from '@/lib/trail/get'
import { getEventBySeq } from '@/lib/trail/get-by-seq'
import { readHead } from '@/lib/trail/head'
import { listEvents } from '@/lib/trail/list'
import { countEvents, readFacets, readHistogram, readOverview } from '@/lib/trail/overview'
import { answerExport } from '@/lib/trail/send-export'
import { answerFollow } from '@/lib/trail/send-follow'
import { readNeighbours, readSurroundings } from '@/lib/trail/surroundings'
import { listTypes } from '@/lib/trail/types'
import { createView } from '@/lib/views/create'
import { findChangeableView, findView } from '@/lib/views/find-view'
import { getView } from '@/lib/views/get'
import { createViewSchema } from '@/lib/views/input'
import { listViews } from '@/lib/views/list'
import { readViews } from '@/lib/views/read-views'
import { removeView } from '@/lib/views/remove'
import { chooseDefault, setDefaultView } from '@/lib/views/set-default'
import { updateView } from '@/lib/views/update'
import { listManagers } from '@/lib/warnings/list-managers'
import { readAliases } from '@/lib/workspaces/read-aliases'
import { readMandants } from '@/lib/workspaces/read-mandants'
import { readTimeZone } from '@/lib/workspaces/read-time-zone'
import { renameWorkspace } from '@/lib/workspaces/rename'
import { setAliases } from '@/lib/workspaces/set-aliases'
import { setTimeZone } from '@/lib/workspaces/set-time-zone'
import { inTenant, inTenantSnapshot } from './in-tenant'
import type { TenantScope } from './scope'
import { SILOS_NOT_FOUND, SILOS_NOTHING } from './testing/collection-attempts'
import { type Attempt, DESTINATIONS_NOT_FOUND, DESTINATIONS_NOTHING } from './testing/destination-attempts'
import { type FilledTenant, makeFilledTenant } from './testing/filled-tenant'
import { LEDGER_NOT_FOUND, LEDGER_NOTHING } from './testing/ledger-attempts'
import { LINES_NOT_FOUND, LINES_NOTHING } from './testing/line-attempts'
import { MATCHED_NOT_FOUND, MATCHED_NOTHING } from './testing/matched-attempts'
import { MATCHING_NOT_FOUND, MATCHING_NOTHING } from './testing/matching-attempts'
import { RUNS_NOTHING } from './testing/run-attempts'
import { findScopeExports } from './testing/scope-exports'

const url = 'https://intruder.example/'

/** The name of an export that the victim has begun. */
function exportOf({ scope }: FilledTenant): string {
  const id = `export-${scope.tenantId}`
  try {
    findExport(scope, id)
  } catch {
    registerExport(scope, 1, id)
  }
  return id
}

const evidenceOf = ({ eventId }: FilledTenant): EvidenceRequest => ({
  selection: { kind: 'ids', ids: [eventId] },
  since: [],
})

const ALL_EVIDENCE: EvidenceRequest = { selection: { kind: 'range' }, since: [] }
const EVIDENCE_FACTS = {
  selection: ALL_EVIDENCE.selection,
  looked: { from: 0, to: 1 },
  size: 1,
  events: 0,
}

const EXPORT_FACTS = { request: exportSchema.parse({}), filter: {}, firstSeq: 0, throughSeq: 0, events: 0 }

/** Functions that name one of the victim's rows: each must answer `not_found`. */
const NOT_FOUND: Record<string, Attempt> = {
  ...DESTINATIONS_NOT_FOUND,
  ...LEDGER_NOT_FOUND,
  ...LINES_NOT_FOUND,
  ...MATCHING_NOT_FOUND,
  ...SILOS_NOT_FOUND,
  ...MATCHED_NOT_FOUND,
  'erasure/erase-values eraseValues': (b, a) =>
    eraseValues(b, { eventId: a.eventId, pointers: ['/message'], reasonCode: 'other' }),
  'erasure/get getErasure': (b, a) => getErasure(b, { id: a.erasureId }),
  'erasure/list-slots listSlots': (b, a) => listSlots(b, a.eventId),
  'erasure/preview previewErasure': (b, a) => previewErasure(b, { eventId: a.eventId, pointers: [''] }),
  'holds/release releaseHold': (b, a) => releaseHold(b, { id: a.holdId, reason: 'intruder' }),
  'integrity/anchor/send-timestamp getTimestamp': (b) => getTimestamp(b, 0),
  'integrity/bundle/evidence-bundle evidenceBundle': (b, a) => evidenceBundle(b, evidenceOf(a)),
  'integrity/bundle/export-evidence exportEvidence': async (b, a) =>
    new Response((await exportEvidence(b, evidenceOf(a))).body).text(),
  'integrity/bundle/read-frame readFrame': (b, a) => readFrame(b, evidenceOf(a)),
  'integrity/bundle/send-evidence answerEvidence': async (b, a) =>
    (await answerEvidence(b, evidenceOf(a), async () => {})).text(),
  'integrity/log/prove-event proveEvent': (b, a) => proveEvent(b, a.eventId),
  'trail/export/running-exports findExport': async (b, a) => findExport(b, exportOf(a)),
  'notifications/claim-notification claimNotification': (b) =>
    claimNotification(b, { number: 1 }, 'intruder'),
  'tokens/revoke revokeToken': (b, a) => revokeToken(b, { id: a.tokenId }),
  'trail/get getEvent': (b, a) => getEvent(b, a.eventId),
  'trail/get-by-seq getEventBySeq': (b, a) => getEventBySeq(b, a.eventSeq),
  'views/find-view findView': (b, a) => inTenant(b, (tx) => findView(tx, b, a.viewId)),
  'views/find-view findChangeableView': (b, a) => inTenant(b, (tx) => findChangeableView(tx, b, a.viewId)),
  'views/get getView': (b, a) => getView(b, { id: a.viewId }),
  'views/remove removeView': (b, a) => removeView(b, { id: a.viewId }),
  'views/set-default setDefaultView': (b, a) => setDefaultView(b, { id: a.viewId, whose: 'me' }),
  'views/update updateView': (b, a) => updateView(b, { id: a.viewId, name: 'Intruder' }),
}

const byLogin = (victim: FilledTenant): TrailFilter => ({
  actor: { include: [victim.scope.principal.login], exclude: [] },
})

/** Functions that name no row, or look for rows: nothing of the victim may be in their answer. */
const NOTHING: Record<string, Attempt> = {
  ...DESTINATIONS_NOTHING,
  ...LEDGER_NOTHING,
  ...LINES_NOTHING,
  ...MATCHING_NOTHING,
  ...RUNS_NOTHING,
  ...SILOS_NOTHING,
  ...MATCHED_NOTHING,
  'erasure/erase-actor eraseActor': (b, a) =>
    eraseActor(b, { actor: [a.scope.principal.login], mentions: true, reasonCode: 'other' }),
  'erasure/erase-next-chunk eraseNextChunk': (b) => eraseNextChunk(b),
  'erasure/list listErasures': (b) => listErasures(b),
  'erasure/preview-actor previewActor': (b, a) => previewActor(b, { actor: [a.scope.principal.login] }),
  'erasure/redact-events redactEvents': (b, a) => {
    const changes = [{ seq: a.eventSeq, body: '{}', redaction: { salts: {}, redacted: [] } }]
    const facts = { pointers: [''], reasonCode: 'other', by: 'intruder' }
    return inTenant(b, (tx) => redactEvents(tx, b, changes, facts)).catch(() => 'refused by the database')
  },
  'holds/list listHolds': (b) => listHolds(b),
  'holds/place placeHold': (b) => placeHold(b, { reason: 'intruder' }),
  'retention/drop-events announceDrop': (b) =>
    inTenant(b, (tx) => announceDrop(tx, b, { firstSeq: 0, dropTo: 256 })),
  'retention/empty-events emptyEvents': (b, a) =>
    inTenant(b, (tx) => emptyEvents(tx, b, { from: a.eventSeq, to: a.eventSeq + 1 })),
  'retention/get getRetention': (b) => getRetention(b),
  'retention/retain-next-chunk retainNextChunk': (b) => retainNextChunk(b),
  'retention/set setRetention': (b) => setRetention(b, setRetentionSchema.parse({ reason: 'intruder' })),
  'retention/status retentionStatus': (b) => retentionStatus(b),
  'integrity/anchor/settings getAnchorSettings': (b) => getAnchorSettings(b),
  'integrity/anchor/settings setAnchorSettings': (b) =>
    setAnchorSettings(b, anchorSettingsSchema.parse({ timestampUrl: url })),
  'integrity/bundle/proven-events provenEvents': async (b) =>
    (await provenEvents(b, await readFrame(b, ALL_EVIDENCE), { events: 0, seen: 0 }).next()).value,
  'integrity/bundle/read-event-chunks readEventChunks': async (b) =>
    (await readEventChunks(b, 'all', { from: 0, to: 1000 }).next()).value,
  'integrity/bundle/read-notices checkNoticesSealed': async (b) => {
    const log = await inTenant(b, (tx) => requireLog(tx, b.tenantId))
    return checkNoticesSealed(b, { ...log, size: 0 }, () => true)
  },
  'integrity/bundle/read-notices readNotices': async (b) =>
    (await readNotices(b, { from: 0, to: 1000 }).next()).value,
  'integrity/bundle/record-evidence recordEvidence': (b) => recordEvidence(b, EVIDENCE_FACTS, 'cancelled'),
  'integrity/bundle/record-evidence recordEvidenceStart': (b) => recordEvidenceStart(b, EVIDENCE_FACTS),
  'integrity/log/describe-log describeLog': (b) => describeLog(b),
  'integrity/log/find-log findLog': (b) => findLog(b),
  'integrity/log/list-checkpoints listCheckpoints': (b) => listCheckpoints(b),
  'integrity/log/prove-consistency proveConsistency': (b) => proveConsistency(b, { from: 1 }),
  'integrity/log/prove-inclusion proveInclusion': (b) => proveInclusion(b, { seq: 0 }),
  'integrity/log/read-keys readKeys': (b) => readKeys(b),
  'integrity/log/requests listRequests': (b) => listRequests(b),
  'integrity/log/requests requestEpoch': (b) => requestEpoch(b, { reason: 'the fence' }),
  'integrity/log/requests requestRotation': (b) => requestRotation(b, { reason: 'the fence' }),
  'integrity/scrub/run-scrub scrubTrail': (b) => scrubTrail(b),
  'integrity/scrub/scrub-status readScrubStatus': (b) => readScrubStatus(b),
  'members/list listMembers': (b) => listMembers(b),
  'warnings/list-managers listManagers': (b) => listManagers(b),
  'notifications/bell-watch watchBell': async (b) => watchBell(b).close(),
  'notifications/follow-notifications followNotifications': async (b) => {
    const stop = new AbortController()
    const first = await (await followNotifications(b, 0, stop.signal)).next()
    stop.abort()
    return first
  },
  'notifications/list-notifications listNotifications': (b) => listNotifications(b),
  'notifications/list-receipts listReceipts': async (b) => [...(await listReceipts(b, [1])).values()],
  'notifications/mark-read markRead': (b) => markRead(b, { number: 1 }),
  'notifications/read-bell readBell': (b) => readBell(b),
  'notifications/send-notifications answerNotifications': async (b) => {
    const request = new Request('http://localhost/?after=0')
    const reader = (await answerNotifications(b, request, async () => {})).body?.getReader()
    const first = await reader?.read()
    await reader?.cancel()
    return new TextDecoder().decode(first?.value)
  },
  'tokens/create createToken': (b) => createToken(b, { name: 'intruder', scopes: ['events:read'] }),
  'tokens/list listTokens': (b) => listTokens(b),
  'trail/list listEvents': (b, a) => listEvents(b, byLogin(a), { order: 'asc', after: -1 }),
  'trail/overview countEvents': (b, a) => countEvents(b, byLogin(a)),
  'trail/overview readFacets': (b, a) => readFacets(b, byLogin(a)),
  'trail/overview readHistogram': (b, a) => readHistogram(b, byLogin(a)),
  'trail/overview readOverview': (b, a) => readOverview(b, byLogin(a)),
  'trail/export/export-events exportEvents': async (b) =>
    new Response((await exportEvents(b, {}, exportSchema.parse({}))).body).text(),
  'trail/export/read-chunks readChunks': async (b) => {
    const range = { order: 'asc', afterSeq: -1, throughSeq: 1000, nowMs: Date.now() } as const
    return (await readChunks(b, {}, range).next()).value
  },
  'trail/export/record-export recordExport': (b) => recordExport(b, EXPORT_FACTS, 'cancelled'),
  'trail/export/record-export recordExportStart': (b) => recordExportStart(b, EXPORT_FACTS),
  'trail/export/running-exports registerExport': async (b, a) =>
    endExport(registerExport(b, 1, exportOf(a)), 'finished'),
  'trail/follow followTrail': async (b) => {
    const stop = new AbortController()
    const batches = await followTrail(b, {}, -1, stop.signal)
    const seen = [await batches.next(), await batches.next()]
    stop.abort()
    return seen
  },
  'trail/follow-head watchHead': async (b) => watchHead(b, {}).close(),
  'trail/head readHead': (b) => readHead(b),
  'trail/send-export answerExport': async (b) =>
    (await answerExport(b, new Request('http://localhost/'), new URLSearchParams(), async () => {})).text(),
  'trail/send-follow answerFollow': async (b) => {
    const response = await answerFollow(b, new Request('http://localhost/?after=-1'), async () => {})
    const reader = response.body?.getReader()
    const seen = [await reader?.read(), await reader?.read()]
    await reader?.cancel()
    return seen.map((one) => new TextDecoder().decode(one?.value))
  },
  'trail/surroundings readNeighbours': (b, a) => readNeighbours(b, {}, a.eventSeq, 10),
  'trail/surroundings readSurroundings': async (b, a) => {
    const event = await getEvent(a.scope, a.eventId)
    return Promise.all(readSurroundings(b, event).map(({ neighbours }) => neighbours))
  },
  'trail/types listTypes': (b) => listTypes(b),
  'views/create createView': (b) => createView(b, createViewSchema.parse({ name: 'intruder' })),
  'views/list listViews': (b) => listViews(b),
  'views/read-views readViews': (b, a) => inTenant(b, (tx) => readViews(tx, b, a.viewId)),
  'views/set-default chooseDefault': (b) => inTenant(b, (tx) => chooseDefault(tx, b, undefined)),
  'workspaces/read-aliases readAliases': (b) => readAliases(b),
  'workspaces/read-mandants readMandants': async (b) => [...(await readMandants(b))],
  'workspaces/set-aliases setAliases': (b) => setAliases(b, { aliases: ['intruder'] }),
  'workspaces/read-time-zone readTimeZone': (b) => readTimeZone(b),
  'workspaces/set-time-zone setTimeZone': (b) => setTimeZone(b, { timeZone: 'Europe/Berlin' }),
  'workspaces/rename renameWorkspace': (b) => renameWorkspace(b, { name: 'Intruders' }),
  'audit/note-read noteRead': (b) => noteRead(b, 'list'),
  'audit/record-event recordEvent': (b, a) =>
    inTenant(b, (tx) =>
      recordEvent(tx, b, 'API_TOKEN_REVOKED', { targets: [{ type: 'token', id: a.tokenId }] }),
    ),
  'access/in-tenant inTenant': (b, a) =>
    inTenant(b, (tx) => tx.execute(`select * from tokens where tenant_id = '${a.scope.tenantId}'`)),
  'access/in-tenant inTenantSnapshot': (b, a) =>
    inTenantSnapshot(b, (tx) => tx.execute(`select * from events where tenant_id = '${a.scope.tenantId}'`)),
}

/** Take a scope and touch no data. */
const DATA_FREE = [
  'access/scope requirePermission',
  'collection/origins/configure-origin configureOrigin',
  'collection/runs/to-dry-run-event toDryRunEvent',
  'forwarding/test-event testEvent',
  'notifications/reader requireReader',
  'views/view-owner requireViewOwner',
]

const database = useTestDatabase()
let victim: FilledTenant
let intruder: TenantScope

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  victim = await makeFilledTenant(database.owner())
  intruder = await newMemberScope()
  await sealNow()
})

/** One digest of everything that the tenant has. */
async function digestOf(tenantId: string): Promise<unknown> {
  const sql = database.owner()
  const tables = await sql`select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id' order by 1`
  const rows = await Promise.all(
    tables.map(
      ({ name }) => sql`select ${name} as name, count(*)::int as rows,
      md5(string_agg(t::text, ',' order by t::text)) as digest from ${sql(name)} t where tenant_id = ${tenantId}`,
    ),
  )
  return [...rows.flat(), ...(await sql`select name, time_zone from tenants where id = ${tenantId}`)]
}

test('every export of lib that takes a scope is tried here as the wrong tenant', () => {
  const tried = [...Object.keys(NOT_FOUND), ...Object.keys(NOTHING), ...DATA_FREE]
  expect(findScopeExports().sort()).toEqual(tried.sort())
})

test.each(Object.entries(NOT_FOUND))(
  "%s does not find another tenant's row, and changes nothing",
  async (_, attempt) => {
    const before = await digestOf(victim.scope.tenantId)
    await expect(attempt(intruder, victim)).rejects.toMatchObject({ name: 'AppError', code: 'not_found' })
    expect(await digestOf(victim.scope.tenantId)).toEqual(before)
    // The row's own tenant gets through, so the refusal is the fence's.
    await expect(attempt(victim.scope, victim)).resolves.toBeDefined()
  },
)

test.each(Object.entries(NOTHING))(
  '%s shows nothing of another tenant, and changes nothing',
  async (_, attempt) => {
    const before = await digestOf(victim.scope.tenantId)
    const answer = JSON.stringify(await attempt(intruder, victim)) ?? ''
    for (const mark of victim.marks) expect(answer).not.toContain(mark)
    expect(await digestOf(victim.scope.tenantId)).toEqual(before)
  },
)
