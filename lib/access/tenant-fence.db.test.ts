import { beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { recordEvent } from '@/lib/audit/record-event'
import { newMemberScope } from '@/lib/auth/testing/people'
import { createDestination } from '@/lib/forwarding/create'
import { readDestinations } from '@/lib/forwarding/destination-view'
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
import { getEvent } from '@/lib/trail/get'
import { listEvents } from '@/lib/trail/list'
import { listTypes } from '@/lib/trail/types'
import { renameWorkspace } from '@/lib/workspaces/rename'
import { inTenant } from './in-tenant'
import type { TenantScope } from './scope'
import { type FilledTenant, makeFilledTenant } from './testing/filled-tenant'
import { findScopeExports } from './testing/scope-exports'

type Attempt = (intruder: TenantScope, victim: FilledTenant) => Promise<unknown>

const url = 'https://intruder.example/'

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
  'tokens/revoke revokeToken': (b, a) => revokeToken(b, { id: a.tokenId }),
  'trail/get getEvent': (b, a) => getEvent(b, a.eventId),
}

/** Functions that name no row, or look for rows: nothing of the victim may be in their answer. */
const NOTHING: Record<string, Attempt> = {
  'forwarding/create createDestination': (b) => createDestination(b, createDestinationSchema.parse({ url })),
  'forwarding/destination-view readDestinations': (b, a) =>
    inTenant(b, (tx) => readDestinations(tx, b, a.destinationId)),
  'forwarding/list listDestinations': (b) => listDestinations(b),
  'members/list listMembers': (b) => listMembers(b),
  'tokens/create createToken': (b) => createToken(b, { name: 'intruder', scopes: ['events:read'] }),
  'tokens/list listTokens': (b) => listTokens(b),
  'trail/list listEvents': (b, a) =>
    listEvents(
      b,
      { actor: { include: [a.scope.principal.login], exclude: [] } },
      { order: 'asc', after: -1 },
    ),
  'trail/types listTypes': (b) => listTypes(b),
  'workspaces/rename renameWorkspace': (b) => renameWorkspace(b, { name: 'Intruders' }),
  'audit/record-event recordEvent': (b, a) =>
    inTenant(b, (tx) =>
      recordEvent(tx, b, 'API_TOKEN_REVOKED', { targets: [{ type: 'token', id: a.tokenId }] }),
    ),
  'access/in-tenant inTenant': (b, a) =>
    inTenant(b, (tx) => tx.execute(`select * from tokens where tenant_id = '${a.scope.tenantId}'`)),
}

/** Take a scope and touch no data. */
const DATA_FREE = ['access/scope requirePermission']

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
