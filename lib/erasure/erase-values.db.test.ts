import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { database as app } from '@/db/client'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { type ForwardedEvent, toEventJson } from '@/lib/delivery/forwarded-event'
import { readEvents } from '@/lib/delivery/read-events'
import { placeHold } from '@/lib/holds/place'
import { releaseHold } from '@/lib/holds/release'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { reasonOf, verifyText } from '@/lib/integrity/testing/verify-lines'
import { storedEventSchema } from '@/lib/trail/answers'
import { exportEvents } from '@/lib/trail/export/export-events'
import { exportSchema } from '@/lib/trail/export/input'
import { getEvent } from '@/lib/trail/get'
import { listEvents } from '@/lib/trail/list'
import { countEvents } from '@/lib/trail/overview'
import { newTokenClient, type TokenClient } from '@/lib/trail/testing/token-client'
import { eraseValues } from './erase-values'
import { getErasure } from './get'
import { eraseValuesSchema } from './input'
import { listErasures } from './list'
import { listSlots } from './list-slots'
import { previewErasure } from './preview'
import { verifyEvent, verifyTrail } from './testing/verify-event'

const database = useTestDatabase()
const MARK = 'unmistakable-person'
const reasonCode = 'data_subject_request' as const

let client: TokenClient
let scope: TenantScope
let id: string
let seq: number

beforeEach(async () => {
  client = await newTokenClient()
  scope = client.scope
  const event = {
    type: 'account',
    action: 'signed in',
    status: 'success',
    message: `${MARK} signed in`,
    actor: { login: MARK, identity: `${MARK}@example.org`, ip: '203.0.113.9' },
    targets: [{ type: 'host', name: 'door-7' }],
    data: { mail: `${MARK}@example.org`, attempts: 3, share: 0.1, 'a/b': null },
  }
  const { answer } = await client.post({ events: [event, { type: 'other', action: 'tried' }] })
  ;({ id, seq } = answer.results[0] as unknown as { id: string; seq: number })
  await sealNow()
})

const POINTERS = ['/actor/login', '/actor/identity', '/message', '/data/mail']
const exported = async () => new Response((await exportEvents(scope, {}, exportSchema.parse({}))).body).text()

test('what is left of an event is proven as before, and the whole trail with its explanation', async () => {
  expect(await verifyEvent(scope, id)).toMatchObject({ actor: { login: MARK } })
  const erasure = await eraseValues(scope, { eventId: id, pointers: POINTERS, reasonCode, note: 'DSR 17' })
  expect(erasure).toMatchObject({ kind: 'values', state: 'done', events: 1, progress: { done: 1, total: 1 } })
  await sealNow()
  const left = await verifyEvent(scope, id)
  expect(left).toMatchObject({ actor: { ip: '203.0.113.9' }, data: { attempts: 3, share: 0.1, 'a/b': null } })
  expect(JSON.stringify(left)).not.toContain(MARK)
  const { text, report } = await verifyTrail(scope)
  expect(report).toMatchObject({ redacted: 1 })
  expect(text).not.toContain(MARK)
})

test('an erasure without its notice is refused by whoever verifies', async () => {
  await eraseValues(scope, { eventId: id, pointers: POINTERS, reasonCode })
  await sealNow()
  const { text } = await verifyTrail(scope)
  const lines = text.split('\n').filter((line) => !line.includes('"trail.redaction"'))
  const header = JSON.parse(lines[0] as string)
  expect(await reasonOf(verifyText(lines.join('\n')))).not.toBe('yes')
  expect(header.range.from).toBe(0)
})

test('no column, list, export, search or count has the value any more', async () => {
  const filter = { actor: { include: [MARK], exclude: [] } }
  expect((await countEvents(scope, filter)).value).toBe(1)
  await eraseValues(scope, { eventId: id, pointers: POINTERS, reasonCode })
  const rows =
    await database.owner()`select e::text as text from events e where tenant_id = ${scope.tenantId}`
  expect(rows.map(({ text }) => text).join()).not.toContain(MARK)
  expect(rows.length).toBeGreaterThan(2)
  expect((await countEvents(scope, filter)).value).toBe(0)
  expect((await countEvents(scope, { q: { include: [MARK], exclude: [] } })).value).toBe(0)
  expect((await listEvents(scope, filter)).events).toEqual([])
  expect(JSON.stringify(await listEvents(scope, {}))).not.toContain(MARK)
  expect(await exported()).not.toContain(MARK)
})

test('an event that is erased as a whole still has all that every event has, everywhere the same', async () => {
  await eraseValues(scope, { eventId: id, pointers: [''], reasonCode })
  const event = await getEvent(scope, id)
  expect(event).toMatchObject({ erased: true, type: 'erased', action: 'erased', level: 'info', seq })
  expect(event.occurredAt).toBe(event.receivedAt)
  expect(storedEventSchema.parse(event)).toEqual(event)
  const lines = (await exported()).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line)).find((line) => line.id === id)).toEqual(event)
  await sealNow()
  expect(await verifyEvent(scope, id)).toEqual({})
  await verifyTrail(scope)
})

test('destinations that get it later get what is left, in a form that every event has', async () => {
  await eraseValues(scope, { eventId: id, pointers: ['', '/message'], reasonCode })
  const key = { tenantId: scope.tenantId, destinationId: id }
  const range = { filter: {}, from: seq, before: seq + 1, maxEvents: 10, maxBytes: 1e6 }
  const [forwarded] = await readEvents(app('deliver'), key, range)
  expect(JSON.parse(toEventJson(forwarded as ForwardedEvent))).toEqual(await getEvent(scope, id))
  expect(JSON.stringify(forwarded)).not.toContain(MARK)
})

test('a list and the export show a partly erased event alike', async () => {
  await eraseValues(scope, { eventId: id, pointers: ['/action', '/occurredAt', '/data'], reasonCode })
  const event = await getEvent(scope, id)
  expect(event).toMatchObject({ erased: true, type: 'account', action: 'erased', status: 'success' })
  const lines = (await exported()).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line)).find((line) => line.id === id)).toEqual(event)
})

test('values can be erased one after the other, and a value that is gone is not erased again', async () => {
  await eraseValues(scope, { eventId: id, pointers: ['/actor/login'], reasonCode })
  const erasure = await eraseValues(scope, { seqs: [seq, seq + 1], pointers: ['/message'], reasonCode })
  expect(erasure.events).toBe(1)
  await expect(eraseValues(scope, { eventId: id, pointers: ['/message'], reasonCode })).rejects.toMatchObject(
    {
      code: 'invalid',
    },
  )
  await sealNow()
  expect((await verifyTrail(scope)).report).toMatchObject({ redacted: 1 })
})

test('it can be seen before what would go and what would stay', async () => {
  const slots = await listSlots(scope, id)
  expect(slots).toContainEqual({ pointer: '/data/a~1b', value: 'null', canErase: true })
  const preview = await previewErasure(scope, { eventId: id, pointers: ['/actor', '/data/mail'] })
  expect(preview).toMatchObject({
    events: 1,
    erased: ['/actor/identity', '/actor/ip', '/actor/login', '/data/mail'],
  })
  expect(preview.kept).toContain('/targets')
})

test('who did it and why stands in the trail, and nothing of what was erased', async () => {
  const { id: erasureId } = await eraseValues(scope, {
    eventId: id,
    pointers: POINTERS,
    reasonCode,
    note: 'DSR 17',
  })
  const { events } = await listEvents(scope, {
    code: { include: ['ERASURE_REQUESTED', 'EVENTS_ERASED'], exclude: [] },
  })
  const [notice, request] = events
  expect(notice).toMatchObject({
    type: 'system',
    action: 'trail.redaction',
    actor: { login: scope.principal.login },
    data: { targets: [seq], pointers: POINTERS, reasonCode, by: scope.principal.login, erasureId },
  })
  expect(request).toMatchObject({ data: { reasonCode, note: 'DSR 17' } })
  expect(JSON.stringify(events)).not.toContain(MARK)
  expect(await listErasures(scope)).toEqual([await getErasure(scope, { id: erasureId })])
})

test('pointers that name nothing stand in no notice, and too many long ones are refused before', async () => {
  const pointers = ['/message', '/data/nothing', '/actor/email', '/message']
  expect(await eraseValues(scope, { eventId: id, pointers, reasonCode })).toMatchObject({
    pointers: ['/message'],
  })
  const [notice] = (await listEvents(scope, { action: { include: ['trail.redaction'], exclude: [] } })).events
  expect(notice?.data).toMatchObject({ targets: [seq], pointers: ['/message'] })
  const long = Array.from({ length: 64 }, (_, n) => `/data/${'漢'.repeat(1_000)}${n}`)
  const parsed = eraseValuesSchema.safeParse({ eventId: id, pointers: long, reasonCode })
  expect(parsed.error?.issues[0]?.message).toContain('too long')
})

test('a legal hold stops it, and its release lets it through', async () => {
  const { id: holdId } = await placeHold(scope, { reason: 'Case 4711' })
  const erase = () => eraseValues(scope, { eventId: id, pointers: POINTERS, reasonCode })
  await expect(erase()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Case 4711'),
  })
  expect(await verifyEvent(scope, id)).toMatchObject({ actor: { login: MARK } })
  await releaseHold(scope, { id: holdId, reason: 'Settled' })
  await expect(erase()).resolves.toMatchObject({ state: 'done' })
})

test('what is not sealed yet is not erased: its leaf would be lost', async () => {
  const { answer } = await client.post({ type: 'late', action: 'tried', message: MARK })
  const { id: eventId } = answer.results[0] as unknown as { id: string }
  await expect(eraseValues(scope, { eventId, pointers: ['/message'], reasonCode })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('not sealed'),
  })
})

test('a notice keeps what explains others, and loses only who gave it', async () => {
  await eraseValues(scope, { eventId: id, pointers: POINTERS, reasonCode })
  await sealNow()
  const [notice] = (await listEvents(scope, { code: { include: ['EVENTS_ERASED'], exclude: [] } })).events
  await eraseValues(scope, { eventId: notice?.id as string, pointers: [''], reasonCode })
  expect(await getEvent(scope, notice?.id as string)).toMatchObject({
    erased: true,
    action: 'trail.redaction',
    data: { targets: [seq], pointers: POINTERS },
  })
  await sealNow()
  expect((await verifyTrail(scope)).report).toMatchObject({ redacted: 2 })
})

test("another tenant's events are not found, and nobody without the permission erases", async () => {
  const intruder = await newMemberScope()
  await expect(eraseValues(intruder, { eventId: id, pointers: [''], reasonCode })).rejects.toMatchObject({
    code: 'not_found',
  })
  const reader = { ...scope, permissions: new Set(['events:read' as const]) } as TenantScope
  await expect(eraseValues(reader, { eventId: id, pointers: [''], reasonCode })).rejects.toMatchObject({
    code: 'forbidden',
  })
})

test('what a receiver said of a dead letter goes with the values, which it may have repeated', async () => {
  const sql = database.owner()
  const dead = { tenant_id: scope.tenantId, destination_id: randomUUID(), reason: 'refused', status: 400 }
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`insert into delivery_dead ${tx([
      { ...dead, seq, answer: `no such user: ${MARK}` },
      { ...dead, seq: seq + 1, answer: 'no' },
    ])}`
  })
  await eraseValues(scope, { eventId: id, pointers: POINTERS, reasonCode })
  const kept =
    await sql`select seq::int as seq, reason, answer from delivery_dead where tenant_id = ${scope.tenantId} order by seq`
  expect([...kept]).toEqual([
    { seq, reason: 'refused', answer: null },
    { seq: seq + 1, reason: 'refused', answer: 'no' },
  ])
})
