import { beforeEach, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { newMemberScope } from '@/lib/auth/testing/people'
import { parseInput } from '@/lib/errors/parse-input'
import { CLOCK_KEY, LOG_KEY } from '@/lib/integrity/testing/sealed-log'
import { createToken } from '@/lib/tokens/create'
import { listEvents } from '@/lib/trail/list'
import { anchorSettingsSchema } from './input'
import { getAnchorSettings, setAnchorSettings } from './settings'

const database = useTestDatabase()
const WITNESS = { witnessUrl: 'https://witness.example/geheim', witnessVkey: CLOCK_KEY.vkey }
let scope: TenantScope

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
  scope = await newMemberScope()
})

const set = async (input: Record<string, unknown>, who = scope) =>
  setAnchorSettings(who, parseInput(anchorSettingsSchema, input))
const changes = async () =>
  (await listEvents(scope, { code: { include: ['LOG_SETTINGS_CHANGED'], exclude: [] } })).events

test('nothing is anchored outside and nothing is public until somebody says so', async () => {
  expect(await getAnchorSettings(scope)).toEqual({
    checkpointPublic: false,
    witnessUrl: '',
    witnessVkey: '',
    witnessEveryMinutes: 60,
    timestampUrl: '',
    timestampEveryMinutes: 60,
    witness: null,
    timestamp: null,
  })
})

test('what is set is read, and an empty URL takes it away', async () => {
  await set({
    ...WITNESS,
    checkpointPublic: 'on',
    timestampUrl: 'https://tsa.example/',
    timestampEveryMinutes: '15',
  })
  expect(await getAnchorSettings(scope)).toMatchObject({
    ...WITNESS,
    checkpointPublic: true,
    timestampUrl: 'https://tsa.example/',
    timestampEveryMinutes: 15,
    witness: { failures: 0, anchoredAt: null, failMessage: null },
  })
  await set({})
  expect(await getAnchorSettings(scope)).toMatchObject({
    checkpointPublic: false,
    witnessUrl: '',
    witness: null,
  })
})

test('each change is recorded once, without what may be a key in a URL', async () => {
  await set(WITNESS)
  await set(WITNESS)
  expect(await changes()).toHaveLength(1)
  await set({ ...WITNESS, witnessUrl: 'https://witness.example/other' })
  const [latest] = await changes()
  expect(latest?.data).toMatchObject({
    before: { witnessUrl: 'https://witness.example/…' },
    after: { witnessUrl: 'https://witness.example/…', witnessVkey: CLOCK_KEY.vkey },
  })
  expect(JSON.stringify(latest)).not.toContain('geheim')
})

test('another URL is another witness, which remembers nothing; another interval is the same one', async () => {
  await set(WITNESS)
  await database.owner()`update anchor_peers set known_size = 7, anchored_size = 7, failures = 3, fail_message = 'down'
    where tenant_id = ${scope.tenantId}`
  await set({ ...WITNESS, witnessEveryMinutes: 5 })
  expect(await getAnchorSettings(scope)).toMatchObject({
    witnessEveryMinutes: 5,
    witness: { anchoredSize: 7 },
  })
  await set({ ...WITNESS, witnessUrl: 'https://witness.example/other' })
  expect((await getAnchorSettings(scope)).witness).toMatchObject({
    anchoredSize: null,
    failures: 0,
    failMessage: null,
  })
})

test.each([
  [{ ...WITNESS, witnessVkey: '' }, '/witnessVkey'],
  [{ ...WITNESS, witnessUrl: '' }, '/witnessUrl'],
  [{ ...WITNESS, witnessVkey: LOG_KEY.vkey }, '/witnessVkey'],
  [{ ...WITNESS, witnessVkey: CLOCK_KEY.vkey.slice(0, -4) }, '/witnessVkey'],
  [{ ...WITNESS, witnessUrl: 'http://169.254.169.254/latest' }, '/witnessUrl'],
  [{ timestampUrl: 'http://[::1]:8080/tsa' }, '/timestampUrl'],
  [{ timestampUrl: 'ftp://tsa.example/' }, '/timestampUrl'],
  [{ timestampUrl: 'https://tsa.example/', timestampEveryMinutes: 0 }, '/timestampEveryMinutes'],
])('%o is refused beside its field', async (input, pointer) => {
  await expect(set(input)).rejects.toMatchObject({
    code: 'invalid',
    details: { violations: [expect.objectContaining({ pointer })] },
  })
})

test('who may only read sees where, but no path that may hold a key, and changes nothing', async () => {
  await set(WITNESS)
  const { secret } = await createToken(scope, { name: 'reader', scopes: ['events:read'] })
  const reader = await scopeForToken(new Headers({ authorization: `Bearer ${secret}` }))
  expect(await getAnchorSettings(reader)).toMatchObject({ witnessUrl: 'https://witness.example/…' })
  await expect(set({}, reader)).rejects.toMatchObject({ code: 'forbidden' })
})

test('the role that asks can change no setting, and a tenant cannot write what others confirmed', async () => {
  const as = (role: string, statement: string) =>
    database.owner().begin(async (sql) => {
      await sql.unsafe(`set local role ${role}; set local spoor.tenant_id = '${scope.tenantId}'`)
      await sql.unsafe(statement)
    })
  await set(WITNESS)
  for (const [role, statement] of [
    ['spoor_anchor', "update anchor_peers set url = 'https://elsewhere.example/'"],
    ['spoor_anchor', 'update trail_heads set first_seq = 0'],
    ['spoor_anchor', 'select body from events'],
    ['spoor_anchor', 'update log_heads set size = size'],
    ['spoor_app', 'update anchor_peers set anchored_size = 1'],
    ['spoor_app', 'delete from log_anchors'],
    [
      'spoor_app',
      "insert into log_anchors (tenant_id, epoch, size, kind, name, data) values (spoor_tenant(), 0, 0, 'witness', '', '{}')",
    ],
  ] as const)
    await expect(as(role, statement), statement).rejects.toMatchObject({ code: '42501' })
  // Its own counter alone: no trail's.
  const [moved] = await database.owner().begin(async (sql) => {
    await sql`set local role spoor_anchor`
    return [await sql`update trail_heads set next_seq = next_seq where tenant_id = ${scope.tenantId}`]
  })
  expect(moved?.count).toBe(0)
  await expect(database.owner()`delete from log_anchors`).rejects.toMatchObject({ code: '23001' })
})
