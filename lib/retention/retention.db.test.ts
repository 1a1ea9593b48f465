import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { verifyEvent, verifyTrail } from '@/lib/erasure/testing/verify-event'
import type { EventInput } from '@/lib/event/event-input'
import { placeHold } from '@/lib/holds/place'
import { releaseHold } from '@/lib/holds/release'
import { readConsistency } from '@/lib/integrity/log/read-ranges'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { indexTrails } from '@/lib/trail/blocks/index-trails'
import { BLOCK_EVENTS } from '@/lib/trail/blocks/layout'
import { listEvents } from '@/lib/trail/list'
import { countEvents, readFacets, readHistogram } from '@/lib/trail/overview'
import { setRetentionSchema } from './input'
import { retainNextChunk } from './retain-next-chunk'
import { retainTrails } from './retain-trails'
import { setRetention } from './set'
import { retentionStatus } from './status'
import { appendDaysAgo } from './testing/append-at'
import { newBareTrail } from './testing/bare-trail'

const database = useTestDatabase()
const BUDGET = { budgetMs: 60_000 }

let scope: TenantScope

const event = (i: number, type = 'access'): EventInput => ({
  type,
  action: 'read',
  actor: { login: `user${i % 5}` },
  message: `expired-mark ${i}`,
})
const some = (count: number, type?: string) => Array.from({ length: count }, (_, i) => event(i, type))
const choose = (sent: object) => setRetention(scope, setRetentionSchema.parse({ ...sent, reason: 'policy' }))
const ofType = (type: string) => ({ type: { include: [type], exclude: [] } })
const due = () =>
  database.owner()`update retention_progress set checked_at = '1970-01-01' where tenant_id = ${scope.tenantId}`

async function rowsOf({ tenantId }: TenantScope = scope) {
  return database.owner()`select seq::int, type, action, body, seed, redaction, received_at from events
    where tenant_id = ${tenantId} order by seq`
}

async function firstOf({ tenantId }: TenantScope = scope): Promise<number> {
  const [head] =
    await database.owner()`select first_seq::int as first from trail_heads where tenant_id = ${tenantId}`
  return head?.first
}

beforeEach(async () => {
  scope = await newBareTrail(database)
})

test('expired events go from the old end, under whole tiles only; proofs of the rest and of history stay', async () => {
  await appendDaysAgo(scope, 40, some(600))
  await appendDaysAgo(scope, 1, some(100, 'young'))
  await sealNow()
  await choose({ days: 30 })
  expect(await retainTrails(BUDGET)).toMatchObject({ dropped: 512, emptied: 88 })
  expect(await firstOf()).toBe(512)
  const rows = await rowsOf()
  expect(rows[0]?.seq).toBe(512)
  // Those of the tile that must stay kept their type, time and leaf.
  expect(rows.filter(({ body }) => body === '{"type":"access"}').map(({ seq }) => seq)).toEqual(
    Array.from({ length: 88 }, (_, i) => 512 + i),
  )
  expect(rows[0]).toMatchObject({ type: 'access', action: 'erased', seed: null })
  await sealNow()
  const { report } = await verifyTrail(scope, {})
  expect(report).toMatchObject({ complete: { from: 512 }, redacted: 88 })
  const [kept] = (await listEvents(scope, ofType('young'))).events
  expect(await verifyEvent(scope, kept?.id as string)).toMatchObject({ type: 'young' })
  expect(await inTenant(scope, (tx) => readConsistency(tx, scope.tenantId, 100, 700))).not.toEqual([])
  const [notice] = (await listEvents(scope, { code: { include: ['EVENTS_DROPPED'], exclude: [] } })).events
  expect(notice).toMatchObject({ action: 'trail.retention', data: { minIndex: 512, size: 700 } })
  expect(await retentionStatus(scope)).toMatchObject({
    firstSeq: 512,
    droppedEvents: 512,
    emptiedEvents: 88,
    held: null,
  })
  // Once is enough.
  await due()
  expect(await retainTrails(BUDGET)).toMatchObject({ dropped: 0, emptied: 0 })
})

test('a type with a time of its own is emptied and keeps its place; the log says why, and the emptied are listed', async () => {
  const seqs = await appendDaysAgo(scope, 10, [event(0, 'chat'), event(1, 'access'), event(2, 'chat')])
  await sealNow()
  await choose({ types: [{ type: 'chat', days: 7 }] })
  expect(await retainTrails(BUDGET)).toMatchObject({ dropped: 0, emptied: 2 })
  const listed = (await listEvents(scope, ofType('chat'))).events
  expect(listed.map(({ seq }) => seq)).toEqual([seqs[2], seqs[0]])
  expect(listed[0]).toMatchObject({ erased: true, type: 'chat', action: 'erased', level: 'info' })
  expect(await countEvents(scope, { q: { include: ['expired-mark'], exclude: [] } })).toMatchObject({
    value: 1,
  })
  const [notice] = (await listEvents(scope, { code: { include: ['EVENTS_ERASED'], exclude: [] } })).events
  expect(notice?.data).toMatchObject({ targets: [seqs[0], seqs[2]], pointers: [''], reasonCode: 'retention' })
  await due()
  expect(await retainTrails(BUDGET)).toMatchObject({ emptied: 0 })
})

test('a hold stops it, also in the middle, says why, and lets it go on', async () => {
  await appendDaysAgo(scope, 40, some(8500))
  await sealNow()
  await choose({ days: 30 })
  await retainNextChunk(scope)
  expect(await retainNextChunk(scope)).toMatchObject({ dropped: BLOCK_EVENTS })
  const hold = await placeHold(scope, { reason: 'Case 9' })
  await due()
  expect(await retainTrails(BUDGET)).toMatchObject({ dropped: 0, emptied: 0 })
  expect(await firstOf()).toBe(BLOCK_EVENTS)
  expect((await retentionStatus(scope)).held).toMatchObject({
    by: 'legal_hold',
    words: expect.stringContaining('Case 9'),
  })
  await releaseHold(scope, { id: hold.id, reason: 'settled' })
  await due()
  expect(await retainTrails(BUDGET)).toMatchObject({ dropped: 8448 - BLOCK_EVENTS })
  expect((await retentionStatus(scope)).held).toBeNull()
})

test('it goes on after a crash in the middle, and two at once drop nothing twice', async () => {
  await appendDaysAgo(scope, 40, some(9000))
  await sealNow()
  await choose({ days: 30 })
  await retainNextChunk(scope)
  await retainNextChunk(scope)
  const counts = await Promise.all([retainTrails(BUDGET), retainTrails(BUDGET)])
  expect(counts.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(8960 - BLOCK_EVENTS)
  expect((await retentionStatus(scope)).droppedEvents).toBe(8960)
  const notices = (await listEvents(scope, { code: { include: ['EVENTS_DROPPED'], exclude: [] } })).events
  expect(notices.map(({ data }) => data?.minIndex)).toEqual([8960])
})

test('what is not sealed, not expired, or kept for ever stays, and another tenant keeps its own', async () => {
  const other = await newMemberScope()
  await appendDaysAgo(other, 4000, some(600))
  await appendDaysAgo(scope, 40, some(600))
  await choose({ days: 30 })
  await retainTrails(BUDGET)
  expect(await firstOf()).toBe(0)
  expect((await retentionStatus(scope)).held?.by).toBe('seal')
  await sealNow()
  await choose({ days: 41 })
  await due()
  expect(await retainTrails(BUDGET)).toMatchObject({ dropped: 0, emptied: 0 })
  await choose({})
  await due()
  expect(await retainTrails(BUDGET)).toMatchObject({ trails: 0 })
  expect(await firstOf(other)).toBe(0)
  expect((await retentionStatus(other)).nextRunAt).toBeNull()
})

test('an active destination that is behind holds it for a week; what a paused one never gets is recorded', async () => {
  await appendDaysAgo(scope, 40, some(300))
  await appendDaysAgo(scope, 33, some(300))
  await sealNow()
  const id = '019a9d0c-0000-7000-8000-00000000000d'
  const sql = database.owner()
  await sql`insert into destinations (tenant_id, id, kind, config) values (${scope.tenantId}, ${id}, 'http', '{}')`
  await sql`insert into delivery_streams (tenant_id, destination_id, next_seq, batch_limit)
    values (${scope.tenantId}, ${id}, 10, 100)`
  await choose({ days: 30 })
  await retainTrails(BUDGET)
  // The first 300 have waited their week.
  expect(await firstOf()).toBe(256)
  expect((await retentionStatus(scope)).held?.by).toBe('destination')
  await sql`update delivery_streams set state = 'paused' where tenant_id = ${scope.tenantId}`
  await due()
  await retainTrails(BUDGET)
  expect(await firstOf()).toBe(512)
  const skips = (await listEvents(scope, { code: { include: ['DESTINATION_SKIPPED'], exclude: [] } })).events
  expect(skips.map(({ data, targets }) => [targets?.[0]?.id, data])).toEqual([
    [id, { from: 256, to: 512 }],
    [id, { from: 10, to: 256 }],
  ])
  const left =
    await sql`select from_seq::int as from, to_seq::int as to, requested_by as by from delivery_skips
    where destination_id = ${id} order by from_seq`
  expect(left).toEqual([
    { from: 10, to: 256, by: 'retention' },
    { from: 256, to: 512, by: 'retention' },
  ])
  const [stream] = await sql`select next_seq::int as next from delivery_streams where destination_id = ${id}`
  expect(stream).toEqual({ next: 512 })
})

test('lists, counts, facets and bars know only what is there, with and without the block index', async () => {
  await appendDaysAgo(scope, 40, some(BLOCK_EVENTS + 1000))
  await appendDaysAgo(scope, 1, some(BLOCK_EVENTS, 'young'))
  await sealNow()
  await indexTrails(BUDGET)
  await choose({ days: 30 })
  await retainTrails(BUDGET)
  const first = await firstOf()
  expect(first).toBe(4864 + 256 * Math.floor((BLOCK_EVENTS + 1000 - 4864) / 256))
  const rows = await rowsOf()
  const emptied = BLOCK_EVENTS + 1000 - first
  const see = async () => {
    expect(await countEvents(scope, {})).toEqual({ value: rows.length, exact: true })
    expect(await countEvents(scope, ofType('access'))).toEqual({ value: emptied, exact: true })
    expect(
      (await countEvents(scope, { q: { include: ['expired-mark 7'], exclude: [] }, ...ofType('access') }))
        .value,
    ).toBe(0)
    const facets = await readFacets(scope, {}, { facets: ['type'] })
    expect(facets.type?.values.find(({ value }) => value === 'access')?.count).toBe(emptied)
    const { bars } = await readHistogram(scope, ofType('young'))
    expect(bars.flatMap(({ levels }) => Object.values(levels)).reduce((a, b) => a + b)).toBe(BLOCK_EVENTS)
    const old = await listEvents(scope, {}, { order: 'asc', limit: 1 })
    expect(old.events[0]?.seq).toBe(first)
  }
  await see()
  await indexTrails(BUDGET)
  await see()
  const blocks = await database.owner()`select first_seq::int as first, encode(words, 'escape') as words,
    encode(facets, 'escape') as facets from trail_blocks where tenant_id = ${scope.tenantId} order by 1`
  expect(blocks.map((row) => row.first)).toEqual([BLOCK_EVENTS])
  expect(JSON.stringify(blocks[0])).toContain('young')
}, 60_000)

test('who chose what, and why, stands in the trail', async () => {
  await choose({ days: 365, types: [{ type: 'chat', days: 30 }] })
  const [set] = (await listEvents(scope, { code: { include: ['RETENTION_SET'], exclude: [] } })).events
  expect(set).toMatchObject({ actor: { login: scope.principal.login }, data: { reason: 'policy' } })
  expect(set?.newValue).toBe('{"days":365,"types":{"chat":30}}')
  expect(() =>
    setRetentionSchema.parse({ days: 30, types: [{ type: 'chat', days: 30 }], reason: 'policy' }),
  ).toThrow()
})
