import { beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { noteRead } from '@/lib/audit/note-read'
import { recordEvent } from '@/lib/audit/record-event'
import { newMemberScope } from '@/lib/auth/testing/people'
import { createDestination } from '@/lib/forwarding/create'
import { readDestinations } from '@/lib/forwarding/destination-view'
import { listEventDeliveries } from '@/lib/forwarding/event-deliveries'
import { findDestination } from '@/lib/forwarding/find-destination'
import { getDestination } from '@/lib/forwarding/get'
import { createDestinationSchema, updateDestinationSchema } from '@/lib/forwarding/input'
import { listDestinations } from '@/lib/forwarding/list'
import { pauseDestination } from '@/lib/forwarding/pause'
import { removeDestination } from '@/lib/forwarding/remove'
import { resumeDestination } from '@/lib/forwarding/resume'
import { switchStream } from '@/lib/forwarding/switch-stream'
import { testDestination } from '@/lib/forwarding/test-destination'
import { updateDestination } from '@/lib/forwarding/update'
import { listMembers } from '@/lib/members/list'
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
import { renameWorkspace } from '@/lib/workspaces/rename'
import { inTenant, inTenantSnapshot } from './in-tenant'
import type { TenantScope } from './scope'
import { type FilledTenant, makeFilledTenant } from './testing/filled-tenant'
import { findScopeExports } from './testing/scope-exports'

type Attempt = (intruder: TenantScope, victim: FilledTenant) => Promise<unknown>

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

const EXPORT_FACTS = { request: exportSchema.parse({}), filter: {}, firstSeq: 0, throughSeq: 0, events: 0 }

/** Functions that name one of the victim's rows: each must answer `not_found`. */
const NOT_FOUND: Record<string, Attempt> = {
  'forwarding/find-destination findDestination': (b, a) =>
    inTenant(b, (tx) => findDestination(tx, b, a.destinationId)),
  'forwarding/get getDestination': (b, a) => getDestination(b, a.destinationId),
  'forwarding/pause pauseDestination': (b, a) => pauseDestination(b, { id: a.destinationId }),
  'forwarding/remove removeDestination': (b, a) => removeDestination(b, { id: a.destinationId }),
  'forwarding/resume resumeDestination': (b, a) => resumeDestination(b, { id: a.destinationId }),
  'forwarding/switch-stream switchStream': (b, a) =>
    switchStream(b, a.destinationId, { state: 'paused', code: 'DESTINATION_PAUSED', words: 'was paused' }),
  'forwarding/test-destination testDestination': (b, a) => testDestination(b, { id: a.destinationId }),
  'forwarding/update updateDestination': (b, a) =>
    updateDestination(b, updateDestinationSchema.parse({ id: a.destinationId, url })),
  'trail/export/running-exports findExport': async (b, a) => findExport(b, exportOf(a)),
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
  'forwarding/create createDestination': (b) => createDestination(b, createDestinationSchema.parse({ url })),
  'forwarding/destination-view readDestinations': (b, a) =>
    inTenant(b, (tx) => readDestinations(tx, b, a.destinationId)),
  'forwarding/event-deliveries listEventDeliveries': (b, a) => listEventDeliveries(b, a.eventSeq),
  'forwarding/list listDestinations': (b) => listDestinations(b),
  'members/list listMembers': (b) => listMembers(b),
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
  'trail/follow-head watchHead': async (b) => watchHead(b).close(),
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
const DATA_FREE = ['access/scope requirePermission', 'views/view-owner requireViewOwner']

const database = useTestDatabase()
let victim: FilledTenant
let intruder: TenantScope

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  victim = await makeFilledTenant(database.owner())
  intruder = await newMemberScope()
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
  return [...rows.flat(), ...(await sql`select name from tenants where id = ${tenantId}`)]
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
