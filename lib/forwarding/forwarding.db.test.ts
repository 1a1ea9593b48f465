import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { runOnce } from '@/lib/delivery/run-once'
import { addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { parseInput } from '@/lib/errors/parse-input'
import { answerWith, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { getDestination } from './get'
import { createDestinationSchema, updateDestinationSchema } from './input'
import { listDestinations } from './list'
import { pauseDestination } from './pause'
import { removeDestination } from './remove'
import { resumeDestination } from './resume'
import { testDestination } from './test-destination'
import { updateDestination } from './update'

const database = useTestDatabase()
const KEY = 'Splunk geheim-4711'

let receiver: Receiver
let scope: TenantScope

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  receiver = await startReceiver()
  scope = await newMemberScope()
})
afterEach(() => receiver.close())

const update = (input: Record<string, unknown>) =>
  updateDestination(scope, parseInput(updateDestinationSchema, { kind: 'http', ...input }))
const ownEvents = () =>
  database.owner()`
    select code, target_name, body from events
    where tenant_id = ${scope.tenantId} and (code like 'DESTINATION%') order by seq`
const notFound = expect.objectContaining({ code: 'not_found' })

describe('secrets', () => {
  test('a key is never in a view, an event, or readable in the database', async () => {
    const url = `${receiver.url}/in/geheim-0814?token=geheim-0815`
    const id = await addDestination(scope, { url, apiHeaderName: 'Authorization', apiKey: KEY })
    await update({ id, url, apiHeaderName: 'Authorization', apiKey: `${KEY}-2` })
    await testDestination(scope, { id })
    await removeDestination(scope, { id: await addDestination(scope, { url }) })
    const views = [await listDestinations(scope), await getDestination(scope, id)]
    expect(JSON.stringify(views)).not.toContain('geheim-4711')
    const events = await ownEvents()
    expect(JSON.stringify(events)).not.toContain('geheim')
    expect(JSON.stringify(events)).not.toContain('/in')
    const rows = await database.owner()`select *, encode(secret_enc, 'escape') as text from destinations`
    expect(JSON.stringify(rows)).not.toContain('geheim-4711')
    expect(receiver.received[0]?.headers.authorization).toBe(`${KEY}-2`)
  })

  test('a change of the URL’s path shows in the trail, not the path itself', async () => {
    const id = await addDestination(scope, { url: `${receiver.url}/a/geheim` })
    await update({ id, url: `${receiver.url}/b/geheim` })
    const [, changed] = await ownEvents()
    const { before, after } = JSON.parse(changed?.body).data
    expect([before.url, after.url]).toEqual([`${receiver.url}/…`, `${receiver.url}/…`])
    expect(before.urlRestHash).toMatch(/^[0-9a-f]{8}$/)
    expect(after.urlRestHash).toMatch(/^[0-9a-f]{8}$/)
    expect(after.urlRestHash).not.toBe(before.urlRestHash)
  })

  test('who may only look sees where events go, not the URL’s rest, nor a receiver that repeats it', async () => {
    const url = `${receiver.url}/in/geheim-0814?token=geheim-0815`
    const id = await addDestination(scope, { url, apiHeaderName: 'Authorization', apiKey: KEY })
    receiver.answer(({ path, headers }, response) =>
      response.writeHead(403).end(`${path} ${headers.authorization}`),
    )
    const shown = await testDestination(scope, { id })
    expect(shown.answer).toBe('[path] [secret]')
    await appendNumbered(scope, 1)
    await runOnce({ budgetMs: 20_000 })
    const reader: TenantScope = { ...scope, permissions: new Set(['destinations:read'] as const) }
    const views = [await getDestination(reader, id), ...(await listDestinations(reader))]
    expect(views.map((view) => view.fields.url)).toEqual([`${receiver.url}/…`, `${receiver.url}/…`])
    expect(views[0]?.stats.lastAnswer).toBe('[path] [secret]')
    expect(JSON.stringify(views)).not.toContain('geheim')
    expect((await getDestination(scope, id)).fields.url).toBe(url)
    const [attempts] = await database.owner()`
      select count(*)::int, string_agg(answer, ' ') as answers from delivery_attempts where destination_id = ${id}`
    expect(attempts).toEqual({ count: 2, answers: '[path] [secret] [path] [secret]' })
  })

  test('an edit without a key keeps it; without its header forgets it', async () => {
    const id = await addDestination(scope, { url: receiver.url, apiHeaderName: 'X-Key', apiKey: 'k' })
    await update({ id, url: `${receiver.url}/other`, apiHeaderName: 'X-Key' })
    expect((await getDestination(scope, id)).secretNames).toEqual(['apiKey'])
    await testDestination(scope, { id })
    expect(receiver.received[0]).toMatchObject({ path: '/other', headers: { 'x-key': 'k' } })
    await update({ id, url: receiver.url })
    expect(await getDestination(scope, id)).toMatchObject({
      secretNames: [],
      fields: { apiHeaderName: null },
    })
    await testDestination(scope, { id })
    expect(receiver.received[1]?.headers).not.toHaveProperty('x-key')
  })
})

test('a destination is listed as it was entered, with a name of its own', async () => {
  const id = await addDestination(scope, {
    url: receiver.url,
    types: ['admin', 'account'],
    levels: ['error', 'critical'],
    note: 'for the auditors',
    body: 'ndjson',
  })
  const [view] = await listDestinations(scope)
  expect(view).toMatchObject({
    id,
    kind: 'http',
    name: `HTTP POST to ${new URL(receiver.url).host}`,
    note: 'for the auditors',
    fields: { url: receiver.url, body: 'ndjson' },
    types: ['admin', 'account'],
    levels: ['error', 'critical'],
    state: 'active',
    secretNames: [],
    stats: { sentEvents: 0, sentAt: null, backlog: { events: 0 } },
  })
})

test('the form’s empty fields mean: everything, from now on', () => {
  expect(parseInput(createDestinationSchema, { kind: 'http', url: receiver.url })).toEqual({
    kind: 'http',
    fields: expect.objectContaining({ url: receiver.url, body: 'auto' }),
    types: [],
    levels: [],
    filter: '',
    masking: [],
    carriesMatches: false,
    note: '',
    start: 'now',
  })
})

test('each change is an event of the trail that says what was changed', async () => {
  const id = await addDestination(scope, { url: receiver.url })
  await update({ id, url: receiver.url, types: ['admin'] })
  await pauseDestination(scope, { id })
  await pauseDestination(scope, { id })
  await resumeDestination(scope, { id })
  await testDestination(scope, { id })
  await removeDestination(scope, { id })
  const events = await ownEvents()
  expect(events.map(({ code }) => code)).toEqual([
    'DESTINATION_ADDED',
    'DESTINATION_UPDATED',
    'DESTINATION_PAUSED',
    'DESTINATION_RESUMED',
    'DESTINATION_TESTED',
    'DESTINATION_REMOVED',
  ])
  // No secret was entered, and the key that Spoor made for masking is nobody's business.
  expect(JSON.parse(events[0]?.body).data.secrets).toEqual([])
  const { data, actor, targets } = JSON.parse(events[1]?.body)
  expect(data).toMatchObject({ before: { types: [] }, after: { types: ['admin'] }, secretsChanged: [] })
  expect(actor.login).toBe(scope.principal.login)
  expect(targets).toMatchObject([{ type: 'destination', id }])
})

test('a removed destination is hidden and dead, and its rows stay', async () => {
  const id = await addDestination(scope, { url: receiver.url })
  await removeDestination(scope, { id })
  expect(await listDestinations(scope)).toEqual([])
  for (const verb of [
    () => getDestination(scope, id),
    () => removeDestination(scope, { id }),
    () => pauseDestination(scope, { id }),
    () => resumeDestination(scope, { id }),
    () => testDestination(scope, { id }),
    () => update({ id, url: receiver.url }),
  ])
    await expect(verb()).rejects.toEqual(notFound)
  const [row] = await database.owner()`select removed_at from destinations where id = ${id}`
  expect(row?.removed_at).not.toBeNull()
})

test('an id that is none, and another tenant’s, are not found', async () => {
  const id = await addDestination(await newMemberScope(), { url: receiver.url })
  for (const wrong of [id, 'nonsense', '0192c0de-0000-7000-8000-000000000001'])
    await expect(getDestination(scope, wrong)).rejects.toEqual(notFound)
  await expect(testDestination(scope, { id })).rejects.toEqual(notFound)
  expect(receiver.received).toHaveLength(0)
})

describe('TEST', () => {
  test('shows the receiver’s full answer, and moves nothing', async () => {
    const id = await addDestination(scope, { url: receiver.url, types: ['relay'] })
    await appendNumbered(scope, 3)
    const before = (await getDestination(scope, id)).stats
    receiver.answer(answerWith(403, 'who are you?'))
    expect(await testDestination(scope, { id })).toMatchObject({
      delivered: false,
      status: 403,
      answer: 'who are you?',
      message: expect.stringContaining('API key'),
    })
    receiver.answer(answerWith(200, 'welcome'))
    const good = await testDestination(scope, { id })
    expect(good).toMatchObject({ delivered: true, status: 200, answer: 'welcome' })
    expect(good.ms).toBeGreaterThanOrEqual(0)
    const { stats, attempts } = await getDestination(scope, id)
    expect(stats).toEqual(before)
    expect(attempts.map(({ trigger, outcome, status }) => [trigger, outcome, status])).toEqual([
      ['test', 'delivered', 200],
      ['test', 'failed', 403],
    ])
    const [event] = JSON.parse(receiver.received[0]?.body ?? '')
    expect(event).toMatchObject({ type: 'trail.test', seq: -1, origin: 'test' })
  })

  test('says where a connection failed, and works while the destination is paused', async () => {
    const id = await addDestination(scope, { url: receiver.url })
    await pauseDestination(scope, { id })
    await receiver.close()
    expect(await testDestination(scope, { id })).toMatchObject({
      delivered: false,
      status: null,
      answer: '',
      message: expect.stringContaining('took no connection'),
    })
  })

  test('asks first how the receiver is, and what it says of itself decides nothing', async () => {
    const token = '01234567-89ab-4cde-8f01-23456789abcd'
    const id = await addDestination(scope, { kind: 'splunk', url: receiver.url, token })
    receiver.answer(({ method }, response) =>
      method === 'GET'
        ? response.writeHead(503).end('{"text":"HEC is unhealthy","code":18}')
        : response.writeHead(200).end('{"text":"Success","code":0}'),
    )
    expect(await testDestination(scope, { id })).toMatchObject({
      delivered: true,
      status: 200,
      request: expect.stringMatching(/^POST /),
      health: { isWell: false, status: 503, message: expect.stringMatching(/\S/) },
    })
    expect(receiver.received.map(({ method }) => method)).toEqual(['GET', 'POST'])
    const plain = await addDestination(scope, { url: receiver.url })
    expect((await testDestination(scope, { id: plain })).health).toBeNull()
  })

  test('goes through the guard', async () => {
    const id = await addDestination(scope, { url: receiver.url })
    vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
    expect((await testDestination(scope, { id })).message).toContain('not a public address')
    expect(receiver.received).toHaveLength(0)
  })
})

test('a member without the permission can look, but not touch', async () => {
  const id = await addDestination(scope, { url: receiver.url })
  const reader: TenantScope = { ...scope, permissions: new Set(['destinations:read'] as const) }
  await expect(listDestinations(reader)).resolves.toHaveLength(1)
  for (const verb of [pauseDestination, resumeDestination, removeDestination, testDestination])
    await expect(verb(reader, { id })).rejects.toEqual(expect.objectContaining({ code: 'forbidden' }))
  await expect(listDestinations({ ...scope, permissions: new Set() })).rejects.toEqual(
    expect.objectContaining({ code: 'forbidden' }),
  )
})

test('the database itself refuses what neither side may do', async () => {
  const may = async (role: string, table: string, privilege: string) =>
    (await database.owner()`select has_table_privilege(${role}, ${table}, ${privilege}) as may`)[0]?.may
  const tables = [
    'destinations',
    'destination_filters',
    'delivery_streams',
    'delivery_batches',
    'delivery_attempts',
    'delivery_dead',
    'delivery_replays',
    'delivery_skips',
    'delivery_hours',
    'delivery_digests',
  ]
  // What the engine may delete is bounded by policies: lib/delivery/lifecycle/history.db.test.ts.
  for (const table of tables) {
    expect(await may('spoor_app', table, 'DELETE'), table).toBe(false)
    for (const role of ['spoor_app', 'spoor_deliver'])
      expect(await may(role, table, 'TRUNCATE'), `${role} ${table}`).toBe(false)
  }
  expect(await may('spoor_deliver', 'destinations', 'UPDATE')).toBe(false)
  expect(await may('spoor_deliver', 'destination_filters', 'INSERT')).toBe(false)
  for (const table of ['delivery_batches', 'delivery_dead', 'delivery_hours', 'delivery_digests'])
    expect(await may('spoor_app', table, 'INSERT')).toBe(false)
  const mayChange = async (role: string, table: string, column: string) =>
    (
      await database.owner()`
        select has_column_privilege(${role}, ${table}, ${column}, 'UPDATE') as may`
    )[0]?.may
  for (const counter of ['sent_events', 'sent_batches', 'failed_attempts', 'dead_events', 'start_seq'])
    expect(await mayChange('spoor_app', 'delivery_streams', counter), counter).toBe(false)
  for (const column of ['outcome', 'status', 'message', 'at'])
    expect(await mayChange('spoor_app', 'delivery_attempts', column), column).toBe(false)
})
