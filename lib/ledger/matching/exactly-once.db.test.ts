import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { seededRandom } from '@/lib/delivery/testing/chaos/seeded-random'
import { matchTrails } from './match-trails'
import { getMatchingStatus } from './matching-status'
import { appendEvents } from './testing/append-events'
import { expectExact } from './testing/expect-exact'
import { putAccount, startMatching, wantRematch } from './testing/small-ledger'
import { killMatchWorker, startMatchWorker } from './testing/worker-process'

const database = useTestDatabase()
const EVENTS = 30_000
const NAMES = 4_000
const LOOK_MS = 10
const BUDGET = { budgetMs: 60_000 }
const SEED = 20_261_122

let scope: TenantScope
const workers = new Set<ChildProcess>()

/** Past the door: their leaves are of no use here. */
async function loadEvents(from: number, count: number): Promise<void> {
  const sql = database.owner()
  await sql`
    insert into events (tenant_id, seq, id, received_at, occurred_at, level, type, action, origin, body, seed, leaf_hash)
    select ${scope.tenantId}, n, gen_random_uuid(), now(), now(), 1, 'bulk', 'tried', 'token:test',
      json_build_object('actor', json_build_object('login', 'user' || n * 7919 % ${NAMES}),
        'targets', json_build_array(json_build_object('name', 'thing' || n % 50)))::text,
      sha256(n::text::bytea), sha256(n::text::bytea)
    from generate_series(${from}::int, ${from + count - 1}::int) as n`
  await sql`update trail_heads set next_seq = ${from + count} where tenant_id = ${scope.tenantId}`
}

beforeEach(async () => {
  scope = await newMemberScope()
  await putAccount(database.owner(), scope.tenantId, { login: 'user1', person: 'One' })
})
afterEach(async () => {
  await Promise.all([...workers].map(killMatchWorker))
  workers.clear()
})

async function start(): Promise<ChildProcess> {
  const worker = await startMatchWorker()
  workers.add(worker)
  return worker
}

type State = { next: number; rematchNext: number; isDone: boolean }

async function readState(): Promise<State> {
  const [row] = await database.owner()<State[]>`
    select s.next_seq::int as next, s.rematch_next as "rematchNext",
      s.next_seq = h.next_seq and s.wanted = s.matched as "isDone"
    from matching_state s join trail_heads h on h.tenant_id = s.tenant_id where s.tenant_id = ${scope.tenantId}`
  return row as State
}

async function waitUntil(holds: (state: State) => boolean): Promise<State> {
  for (;;) {
    const state = await readState()
    if (holds(state)) return state
    await sleep(LOOK_MS)
  }
}

test('killed on the way, every event is matched exactly once, and a pass through all names goes on where it was', async () => {
  const random = seededRandom(SEED)
  const [head] =
    await database.owner()`select next_seq::int as next from trail_heads where tenant_id = ${scope.tenantId}`
  await loadEvents(head?.next, EVENTS)
  await startMatching(database.owner(), scope.tenantId)
  let reached = 0
  for (let kills = 0; kills < 3; kills++) {
    const worker = await start()
    reached = (await waitUntil(({ next, isDone }) => isDone || next > reached)).next
    await sleep(random() * 100)
    await killMatchWorker(worker)
  }
  const worker = await start()
  await waitUntil(({ isDone }) => isDone)
  await putAccount(database.owner(), scope.tenantId, { login: 'user2', person: 'Two' })
  await wantRematch(database.owner(), scope.tenantId)
  await waitUntil(({ isDone, rematchNext }) => isDone || rematchNext > 1)
  await killMatchWorker(worker)
  const { rematchNext } = await readState()
  expect(rematchNext).toBeGreaterThan(1)
  await matchTrails(BUDGET)
  await expectExact(database.owner(), scope)
  const told =
    await database.owner()`select 1 from events where tenant_id = ${scope.tenantId} and code = 'MATCHING_REPEATED'`
  expect(told).toHaveLength(1)
  expect((await getMatchingStatus(scope)).references.matched).toBe(2)
}, 240_000)

test('several processes at once match nothing twice, also while events come and the ledger changes', async () => {
  const owner = database.owner()
  await startMatching(owner, scope.tenantId)
  await Promise.all([start(), start()])
  const here = matchTrails({ budgetMs: 3_000 })
  for (let i = 0; i < 20; i++) {
    await appendEvents(
      scope,
      Array.from({ length: 200 }, (_, k) => ({
        login: `user${(i * k) % 300}`,
        targets: [{ name: `t${k}` }],
      })),
    )
    if (i % 5 === 0) {
      await putAccount(owner, scope.tenantId, { login: `user${i + 2}`, person: `Person ${i}` })
      await wantRematch(owner, scope.tenantId)
    }
  }
  await here
  await waitUntil(({ isDone }) => isDone)
  await Promise.all([...workers].map(killMatchWorker))
  await matchTrails(BUDGET)
  await expectExact(owner, scope)
}, 120_000)
