import { expect, test } from 'vitest'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { addChannel, addDestination, appendNumbered } from '@/lib/delivery/testing/deliveries'
import { useDeliveries } from '@/lib/delivery/testing/use-deliveries'
import { parseInput } from '@/lib/errors/parse-input'
import { cancelReplay } from '@/lib/forwarding/cancel-replay'
import { describeKinds } from '@/lib/forwarding/describe-kinds'
import { listEventDeliveries } from '@/lib/forwarding/event-deliveries'
import { getDestination } from '@/lib/forwarding/get'
import { INPUT_SCHEMAS, idSchemaOf } from '@/lib/forwarding/input'
import { listDestinations } from '@/lib/forwarding/list'
import { listAttempts } from '@/lib/forwarding/list-attempts'
import { listDeadLetters } from '@/lib/forwarding/list-dead-letters'
import { listMatchedEvents } from '@/lib/forwarding/list-matched-events'
import { listRemovedDestinations } from '@/lib/forwarding/list-removed'
import { listReplays } from '@/lib/forwarding/list-replays'
import { listUnsentEvents } from '@/lib/forwarding/list-unsent-events'
import { pauseDestination } from '@/lib/forwarding/pause'
import { previewDestination } from '@/lib/forwarding/preview-destination'
import { readHours } from '@/lib/forwarding/read-hours'
import { removeDestination } from '@/lib/forwarding/remove'
import { replayEvents } from '@/lib/forwarding/replay-events'
import { restoreDestination } from '@/lib/forwarding/restore'
import { resumeDestination } from '@/lib/forwarding/resume'
import { retryNow } from '@/lib/forwarding/retry-now'
import { previewSkip, skipEvents } from '@/lib/forwarding/skip-events'
import { testDestination } from '@/lib/forwarding/test-destination'
import { updateDestination } from '@/lib/forwarding/update'
import { listChannels } from './list'
import { listRemovedChannels } from './list-removed'

const given = useDeliveries()
const notFound = (word: string) =>
  expect.objectContaining({ code: 'not_found', message: expect.stringContaining(word) })
const idsOf = (views: { id: string }[]) => views.map(({ id }) => id)

/** With a password, at a server that nobody asks. */
const EMAIL = {
  kind: 'email',
  to: ['soc@example.com'],
  server: 'own',
  hostname: 'mail.example.com',
  from: 'spoor@example.com',
  username: 'spoor',
  password: 'geheim-4711',
}
const RULE = { threshold: true, ruleCount: 3, ruleWithinSeconds: 60, ruleQuietSeconds: 60 }

const update = (input: Record<string, unknown>, scope: TenantScope = given.scope) =>
  updateDestination(scope, parseInput(INPUT_SCHEMAS.channel.update, { kind: 'desktop', ...input }))
const streamOf = async (id: string) => (await given.rows('delivery_streams', id))[0]
const ownEvents = async () =>
  (
    await given.owner()`select code, body from events
      where tenant_id = ${given.scope.tenantId} and code like 'DESTINATION%' order by seq`
  ).map(({ code, body }) => ({ code: code as string, ...JSON.parse(body) }))

test('channels and destinations are lists of their own, also the removed ones', async () => {
  const destination = await addDestination(given.scope, { url: given.receiver.url })
  const channel = await addChannel(given.scope, { kind: 'desktop', note: 'for all' })
  expect(idsOf(await listDestinations(given.scope))).toEqual([destination])
  expect(await listChannels(given.scope)).toMatchObject([
    { id: channel, role: 'channel', kindLabel: 'Desktop', note: 'for all', state: 'active' },
  ])
  await removeDestination(given.scope, { id: destination })
  await removeDestination(given.scope, { id: channel })
  expect(idsOf(await listRemovedDestinations(given.scope))).toEqual([destination])
  expect(idsOf(await listRemovedChannels(given.scope))).toEqual([channel])
  const roles = describeKinds('channel').map(({ name }) => name)
  expect(roles).toEqual(['email', 'webhook', 'desktop'])
  expect(describeKinds().filter(({ name }) => roles.includes(name))).toEqual([])
})

test.each([
  ['forwarding', 'destination', () => addChannel(given.scope, { kind: 'desktop' })],
  ['channel', 'channel', () => addDestination(given.scope, { url: given.receiver.url })],
] as const)('where %s is asked for, an id of the other role is not found', async (role, word, add) => {
  const id = await add()
  const named = parseInput(idSchemaOf(role), { id })
  const { update: updateSchema, preview: previewSchema } = INPUT_SCHEMAS[role]
  const input = {
    id,
    ...(role === 'channel' ? { kind: 'desktop' } : { kind: 'http', url: given.receiver.url }),
  }
  const { scope } = given
  const replayId = '019a9d0c-0000-4000-8000-000000000001'
  for (const attempt of [
    () => getDestination(scope, id, role),
    () => pauseDestination(scope, named),
    () => resumeDestination(scope, named),
    () => retryNow(scope, named),
    () => testDestination(scope, named),
    () => skipEvents(scope, { ...named, reason: 'none' }),
    () => previewSkip(scope, named),
    () => replayEvents(scope, { ...named, what: 'since', fromSeq: 0 }),
    () => cancelReplay(scope, { ...named, replayId }),
    () => listAttempts(scope, id, {}, role),
    () => listDeadLetters(scope, id, {}, role),
    () => listMatchedEvents(scope, id, {}, role),
    () => listUnsentEvents(scope, id, {}, role),
    () => listReplays(scope, id, role),
    () => readHours(scope, id, 1, role),
    () => updateDestination(scope, parseInput(updateSchema, input)),
    () => previewDestination(scope, parseInput(previewSchema, input)),
    () => removeDestination(scope, named),
  ])
    await expect(attempt(), String(attempt)).rejects.toEqual(notFound(word))
  await removeDestination(scope, { id })
  await expect(restoreDestination(scope, named)).rejects.toEqual(notFound(word))
  await restoreDestination(scope, { id })
  expect((await ownEvents()).map(({ code }) => code)).toEqual([
    'DESTINATION_ADDED',
    'DESTINATION_REMOVED',
    'DESTINATION_RESTORED',
  ])
})

test('each change of a channel is an event that calls it one, without its password', async () => {
  const id = await addChannel(given.scope, EMAIL)
  const { password, ...rest } = EMAIL
  await update({ ...rest, id, types: ['admin'], enabled: false })
  await update({ ...rest, id, types: ['admin'], enabled: true })
  await removeDestination(given.scope, { id })
  const events = await ownEvents()
  expect(events.map(({ code, message }) => [code, message])).toEqual([
    ['DESTINATION_ADDED', 'Channel E-mail to soc@example.com was added'],
    ['DESTINATION_UPDATED', 'Channel E-mail to soc@example.com was changed'],
    ['DESTINATION_PAUSED', 'Channel E-mail to soc@example.com was paused'],
    ['DESTINATION_UPDATED', 'Channel E-mail to soc@example.com was changed'],
    ['DESTINATION_RESUMED', 'Channel E-mail to soc@example.com was resumed'],
    ['DESTINATION_REMOVED', 'Channel E-mail to soc@example.com was removed'],
  ])
  for (const { targets } of events) expect(targets).toMatchObject([{ type: 'channel', id }])
  expect(events[0].data).toMatchObject({ kind: 'email', enabled: true, secrets: ['password'] })
  expect(JSON.stringify(events)).not.toContain(password)
})

test('a channel can be added switched off, and an edit switches it, keeps it, or leaves it as it is', async () => {
  const id = await addChannel(given.scope, { kind: 'desktop', enabled: 'false', types: ['relay'] })
  const stateOf = async () => (await getDestination(given.scope, id)).state
  expect(await stateOf()).toBe('paused')
  await appendNumbered(given.scope, 2)
  await given.run()
  expect((await streamOf(id))?.sent_events).toBe('0')
  await update({ id, note: 'still off', types: ['relay'] })
  expect(await stateOf()).toBe('paused')
  await update({ id, enabled: 'true', types: ['relay'] })
  expect(await stateOf()).toBe('active')
  await given.run()
  expect((await streamOf(id))?.sent_events).toBe('2')
  await given.owner()`update delivery_streams set state = 'disabled', reason = 'gone' where destination_id = ${id}`
  await update({ id, enabled: 'false' })
  expect(await getDestination(given.scope, id)).toMatchObject({ state: 'disabled', reason: 'gone' })
  await update({ id, enabled: 'true' })
  expect(await getDestination(given.scope, id)).toMatchObject({ state: 'active', reason: null })
})

test('a channel begins with what comes now: the form has no other beginning', async () => {
  await appendNumbered(given.scope, 3)
  expect(() => parseInput(INPUT_SCHEMAS.channel.create, { kind: 'desktop', start: 'beginning' })).toThrow()
  const id = await addChannel(given.scope, { kind: 'desktop', types: ['relay'] })
  await appendNumbered(given.scope, 1, () => ({ message: 'new' }))
  const { events } = await listUnsentEvents(given.scope, id)
  expect(events.map(({ message }) => message)).toEqual(['new'])
})

test('a threshold refuses a replay, and says why', async () => {
  const id = await addChannel(given.scope, { kind: 'desktop', ...RULE })
  await appendNumbered(given.scope, 1)
  await expect(replayEvents(given.scope, { id, what: 'since', fromSeq: 0 })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('counted'),
  })
  const plain = await addChannel(given.scope, { kind: 'desktop' })
  await expect(replayEvents(given.scope, { id: plain, what: 'since', fromSeq: 0 })).resolves.toBeDefined()
})

test('a changed threshold or filter counts anew, and a changed note does not', async () => {
  const id = await addChannel(given.scope, { kind: 'desktop', ...RULE, types: ['relay'] })
  const windows = async () =>
    (await given.owner()`select 1 from rule_windows where destination_id = ${id}`).length
  const remember = () => given.owner()`insert into rule_windows
      (tenant_id, destination_id, group_hash, seqs, times, expires_at)
    values (${given.scope.tenantId}, ${id}, 'one', '{1}', '{1}', now() + interval '1 hour')`
  await remember()
  await update({ id, ...RULE, types: ['relay'], note: 'another', levels: [] })
  expect(await windows()).toBe(1)
  await update({ id, ...RULE, types: ['relay'], ruleCount: 4 })
  expect(await windows()).toBe(0)
  await remember()
  await update({ id, ...RULE, types: ['relay', 'admin'], ruleCount: 4 })
  expect(await windows()).toBe(0)
})

test('a daily channel waits for its time, when it is added, edited and switched on', async () => {
  const daily = { kind: 'desktop', everySeconds: 86_400, at: '08:00', types: ['relay'] }
  const id = await addChannel(given.scope, daily)
  await appendNumbered(given.scope, 1)
  const check = async () => {
    await given.run()
    const stream = await streamOf(id)
    expect(stream?.sent_events).toBe('0')
    const dueAt = new Date(String(stream?.due_at))
    expect(dueAt.toISOString()).toMatch(/T08:00:00\.000Z$/)
    expect(dueAt.getTime()).toBeGreaterThan(Date.now())
  }
  await check()
  await update({ id, ...daily, note: 'edited' })
  await check()
  await pauseDestination(given.scope, { id })
  await resumeDestination(given.scope, { id })
  await check()
  await removeDestination(given.scope, { id })
  await restoreDestination(given.scope, { id })
  await check()
})

test('a test says that it is one, and of what', async () => {
  const id = await addChannel(given.scope, { kind: 'desktop' })
  expect(await testDestination(given.scope, { id })).toMatchObject({ delivered: true })
  const [{ targets, message }] = (await ownEvents()).slice(-1)
  expect(message).toMatch(/^Channel .* was tested$/)
  expect(targets).toMatchObject([{ type: 'channel', id }])
})

test('a workspace has at most a hundred channels, and the removed ones do not count', async () => {
  const scope = await newMemberScope()
  const add = () => addChannel(scope, { kind: 'desktop', enabled: false })
  const first = await add()
  for (let i = 1; i < 100; i++) await add()
  await expect(add()).rejects.toMatchObject({ code: 'conflict' })
  await removeDestination(scope, { id: first })
  await expect(add()).resolves.toBeDefined()
  expect(await listChannels(scope)).toHaveLength(100)
  await expect(restoreDestination(scope, { id: first })).rejects.toMatchObject({ code: 'conflict' })
  expect(await listChannels(scope)).toHaveLength(100)
})

test('an event’s page says which channel told it, and an e-mail about a storage is no channel', async () => {
  const id = await addChannel(given.scope, { kind: 'desktop', types: ['relay'] })
  const storage = await addDestination(given.scope, {
    kind: 's3',
    bucket: 'trail-of-acme',
    region: 'eu-central-1',
    accessKeyId: 'AKIAEXAMPLE',
    secretAccessKey: 'geheim-4711',
    mailTypes: ['relay'],
    mailTo: 'ops@example.com',
  })
  expect(idsOf(await listChannels(given.scope))).toEqual([id])
  await appendNumbered(given.scope, 1)
  const [event] = (await listUnsentEvents(given.scope, id)).events
  const deliveries = await listEventDeliveries(given.scope, event?.seq ?? -1)
  expect(deliveries.map(({ destinationId, role }) => [destinationId, role])).toEqual([
    [id, 'channel'],
    [storage, 'forwarding'],
    [storage, 'forwarding'],
  ])
})

test('of a threshold an event’s page says that it was counted, not that it was sent', async () => {
  const id = await addChannel(given.scope, { kind: 'desktop', ...RULE, types: ['relay'] })
  await appendNumbered(given.scope, 1)
  const [event] = (await listUnsentEvents(given.scope, id)).events
  const outcome = async () => (await listEventDeliveries(given.scope, event?.seq ?? -1))[0]?.outcome
  expect(await outcome()).toBe('pending')
  await given.run()
  expect(await outcome()).toBe('counted')
})
