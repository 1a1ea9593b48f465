import { once } from 'node:events'
import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { newMemberScope } from '@/lib/auth/testing/people'
import type { EventInput } from '@/lib/event/event-input'
import { placeHold } from '@/lib/holds/place'
import { releaseHold } from '@/lib/holds/release'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { tamperWith } from '@/lib/integrity/testing/tamper'
import { indexTrails } from '@/lib/trail/blocks/index-trails'
import { BLOCK_EVENTS, MERGED_BLOCKS } from '@/lib/trail/blocks/layout'
import { listEvents } from '@/lib/trail/list'
import { countEvents, readFacets, readHistogram } from '@/lib/trail/overview'
import { copyLine, openEventCopy } from '@/lib/trail/testing/copy-events'
import { newTokenClient } from '@/lib/trail/testing/token-client'
import { eraseActor } from './erase-actor'
import { eraseNextChunk } from './erase-next-chunk'
import { getErasure } from './get'
import { previewActor } from './preview-actor'
import { verifyTrail } from './testing/verify-event'
import { workErasures } from './work-erasures'

const database = useTestDatabase()
const WHO = 'grace.h'
const reasonCode = 'data_subject_request' as const
const BUDGET = { budgetMs: 60_000 }

const byActor = { actor: { include: [WHO], exclude: [] } }
const byText = { q: { include: [WHO], exclude: [] } }

async function textOf(scope: TenantScope): Promise<string> {
  const rows =
    await database.owner()`select e::text as text from events e where tenant_id = ${scope.tenantId}`
  return rows.map(({ text }) => text).join()
}

test('the blocks that the database function drops are those of the index', async () => {
  const [found] = await database.owner()`select prosrc from pg_proc where proname = 'redact_events'`
  expect(found?.prosrc).toContain(`blocks * ${BLOCK_EVENTS}::bigint`)
})

test('everything about an actor goes, wherever it stands, and all else stays and is proven', async () => {
  const client = await newTokenClient()
  const { scope } = client
  const events: EventInput[] = [
    { type: 'a', action: 'signed in', actor: { login: WHO, ip: '203.0.113.7' }, status: 'success' },
    { type: 'a', action: 'deleted', actor: { login: 'bob' }, targets: [{ type: 'user', name: WHO }] },
    { type: 'a', action: 'noted', message: `about ${WHO}`, data: { who: [WHO], n: 1 } },
    { type: 'a', action: 'noted', message: `about ${WHO}x`, actor: { login: `${WHO}x` } },
  ]
  await client.post({ events })
  const preview = await previewActor(scope, { actor: [WHO] })
  expect(preview).toMatchObject({ asActor: { value: 1 }, asTarget: { value: 1 } })
  const { id } = await eraseActor(scope, { actor: [WHO], mentions: true, reasonCode })
  expect(await getErasure(scope, { id })).toMatchObject({
    state: 'running',
    waitsFor: expect.stringContaining('sealed'),
  })
  await workErasures(BUDGET)
  expect((await getErasure(scope, { id })).state).toBe('running')
  await sealNow()
  await workErasures(BUDGET)
  expect(await getErasure(scope, { id })).toMatchObject({
    state: 'done',
    events: 3,
    waitsFor: null,
    pointers: ['/actor', '/data', '/message', '/targets'],
  })
  const text = await textOf(scope)
  expect(text.replaceAll(`${WHO}x`, '')).not.toContain(WHO)
  const rows = await database.owner()`select * from erasures where tenant_id = ${scope.tenantId}`
  expect(JSON.stringify(rows)).not.toContain(WHO)
  const kept = (await listEvents(scope, { type: { include: ['a'], exclude: [] } })).events
  expect(kept.map(({ action }) => action)).toEqual(['noted', 'noted', 'deleted', 'signed in'])
  expect(kept[1]).toMatchObject({ data: { n: 1 }, erased: true })
  expect(kept[2]).toMatchObject({ actor: { login: 'bob' } })
  await sealNow()
  expect((await verifyTrail(scope)).report).toMatchObject({ redacted: 3 })
})

/** Leaves of random bytes: nothing of it can be proven, which isn't what is looked at here. */
async function fill(scope: TenantScope, count: number, login: (i: number) => string): Promise<void> {
  const [head] =
    await database.owner()`select next_seq::int as next from trail_heads where tenant_id = ${scope.tenantId}`
  const copy = await openEventCopy(database.owner())
  for (let i = 0; i < count; i++) {
    const event = {
      type: 'bulk',
      action: 'tried',
      level: 'info' as const,
      occurredAt: new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString(),
      message: `by ${login(i)}`,
      actor: { login: login(i) },
    }
    if (!copy.write(copyLine(scope.tenantId, head?.next + i, event, Date.now()))) await once(copy, 'drain')
  }
  copy.end()
  await once(copy, 'finish')
  await database.owner()`update trail_heads set next_seq = next_seq + ${count} where tenant_id = ${scope.tenantId}`
}

test('a large one is killed in the middle, goes on where it was, and erases no event twice', async () => {
  const scope = await newMemberScope()
  const intruder = await newMemberScope()
  await fill(scope, 3000, (i) => (i % 2 === 0 ? WHO : 'bob'))
  await fill(intruder, 100, () => WHO)
  await sealNow()
  const { id } = await eraseActor(scope, { actor: [WHO], mentions: true, reasonCode })
  await eraseNextChunk(scope)
  const begun = await getErasure(scope, { id })
  expect(begun.events).toBeGreaterThan(100)
  expect(begun.events).toBeLessThan(1500)
  // A chunk whose process dies before its commit.
  const killer = database.owner()
  await killer`create or replace function die() returns trigger language plpgsql as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`
  await killer`create trigger die before update on erasures for each row execute function die()`
  await expect(eraseNextChunk(scope)).rejects.toThrow()
  await killer`drop trigger die on erasures`
  expect((await getErasure(scope, { id })).events).toBe(begun.events)
  // Two at once.
  await Promise.all([workErasures(BUDGET), workErasures(BUDGET)])
  const done = await getErasure(scope, { id })
  expect(done).toMatchObject({ state: 'done', events: 1500 })
  expect(await textOf(scope)).not.toContain(WHO)
  const [count] = await database.owner()`
    select sum(jsonb_array_length(body::jsonb #> '{data,targets}'))::int as targets
    from events where tenant_id = ${scope.tenantId} and action = 'trail.redaction'`
  expect(count?.targets).toBe(1500)
  expect((await countEvents(intruder, byActor)).value).toBe(100)
})

test('a legal hold stops one that has begun, says so, and lets it go on', async () => {
  const scope = await newMemberScope()
  await fill(scope, 600, () => WHO)
  await sealNow()
  const { id } = await eraseActor(scope, { actor: [WHO], mentions: true, reasonCode })
  await eraseNextChunk(scope)
  const hold = await placeHold(scope, { reason: 'Case 12' })
  const before = await textOf(scope)
  await workErasures(BUDGET)
  expect(await textOf(scope)).toBe(before)
  expect((await getErasure(scope, { id })).waitsFor).toContain('Case 12')
  await releaseHold(scope, { id: hold.id, reason: 'Settled' })
  await workErasures(BUDGET)
  expect(await getErasure(scope, { id })).toMatchObject({ state: 'done', events: 600 })
})

test('searches, counts and facets are right after it: from merged blocks, between them, and from warm memory', async () => {
  const scope = await newMemberScope()
  const total = BLOCK_EVENTS * (MERGED_BLOCKS + 2) + 100
  // One in the merged blocks, one in a single one, one in none.
  const theirs = new Set([30_000, BLOCK_EVENTS * MERGED_BLOCKS + 50, total - 10])
  await fill(scope, total, (i) => (theirs.has(i) ? WHO : `user${i % 3}`))
  await sealNow()
  await indexTrails(BUDGET)
  const see = async () => ({
    actor: await countEvents(scope, byActor),
    text: await countEvents(scope, byText),
    bulk: await countEvents(scope, { type: { include: ['bulk'], exclude: [] } }),
    others: await countEvents(scope, {
      actor: { include: [], exclude: ['user0', 'user1', 'user2'] },
      type: { include: ['bulk'], exclude: [] },
    }),
    facets: await readFacets(
      scope,
      { type: { include: ['bulk'], exclude: [] } },
      { facets: ['actor'], values: 100 },
    ),
    listed: (await listEvents(scope, byActor)).events.length,
    bars: (await readHistogram(scope, { type: { include: ['bulk'], exclude: [] } })).bars.length,
  })
  const before = await see()
  expect(before).toMatchObject({ actor: { value: 3, exact: true }, bulk: { value: total }, listed: 3 })
  await eraseActor(scope, { actor: [WHO], mentions: true, reasonCode })
  await workErasures(BUDGET)
  const [rows] =
    await database.owner()`select count(*)::int as n from trail_blocks where tenant_id = ${scope.tenantId}`
  expect(rows?.n).toBe(1)
  const between = await see()
  await indexTrails(BUDGET)
  const after = await see()
  for (const seen of [between, after]) {
    expect(seen).toMatchObject({
      actor: { value: 0, exact: true },
      text: { value: 0, exact: true },
      bulk: { value: total, exact: true },
      others: { value: 3, exact: true },
      listed: 0,
      bars: before.bars,
    })
    expect(JSON.stringify(seen.facets)).not.toContain(WHO)
    expect(seen.facets.actor?.values.map(({ count }) => count).reduce((a, b) => a + b)).toBe(total - 3)
  }
  const blocks =
    await database.owner()`select first_seq::int as first, blocks, encode(words, 'escape') as words,
    encode(facets, 'escape') as facets from trail_blocks where tenant_id = ${scope.tenantId} order by 1`
  expect(blocks.map(({ first, blocks: n }) => [first, n])).toEqual([
    [0, MERGED_BLOCKS],
    [BLOCK_EVENTS * MERGED_BLOCKS, 1],
    [BLOCK_EVENTS * (MERGED_BLOCKS + 1), 1],
  ])
  expect(JSON.stringify(blocks)).not.toContain(WHO)
}, 60_000)

test('of large events few are searched at a time, so that no statement takes too long', async () => {
  const { scope } = await newTokenClient()
  await sealNow()
  const { tenantId } = scope
  await tamperWith(
    database,
    `insert into events (tenant_id, seq, id, received_at, occurred_at, level, type, action, origin, body, seed, leaf_hash)
      select '${tenantId}', next_seq + n, gen_random_uuid(), now(), now(), 2, 'a', 'b', 'system',
        json_build_object('message', repeat('some text ', 25000)), '', '' from trail_heads, generate_series(0, 299) n
      where tenant_id = '${tenantId}';
    update trail_heads set next_seq = next_seq + 300 where tenant_id = '${tenantId}';
    update log_heads set size = size + 300 where tenant_id = '${tenantId}'`,
  )
  const actor = Array.from({ length: 10 }, (_, n) => `ada ${n}@example.org`)
  const { id } = await eraseActor(scope, { actor, mentions: true, reasonCode })
  expect(await eraseNextChunk(await scopeForSystem(tenantId, 'SCHEDULER'))).toBe(true)
  const { progress } = await getErasure(scope, { id })
  expect(progress.done).toBeGreaterThan(0)
  expect(progress.done).toBeLessThan(200)
  await workErasures(BUDGET)
  expect((await getErasure(scope, { id })).progress.done).toBe(progress.total)
})
