import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { listFiles } from '@/lib/collection/files/list'
import { seededRandom } from '@/lib/delivery/testing/chaos/seeded-random'
import { cancelRun } from './cancel'
import { collectDue } from './collect-due'
import { getRun } from './get'
import { requestRun } from './request'
import { handOver, makeWindowsSilo, multipliedCsv, type WindowsSilo } from './testing/windows-silo'
import { killWorker, startWorker } from './testing/worker-process'

const database = useTestDatabase()

const TIMES = 4
const ROWS = TIMES * 6138
const KILLS = 5
const LOOK_MS = 20
const SEED = 20_261_122

let scope: TenantScope
let windows: WindowsSilo
const workers = new Set<ChildProcess>()

beforeEach(async () => {
  scope = await newMemberScope()
  windows = await makeWindowsSilo(scope)
  await handOver(scope, windows.silo, 'security.csv', multipliedCsv(TIMES))
})
afterEach(async () => {
  await Promise.all([...workers].map(killWorker))
  workers.clear()
})

async function start(): Promise<ChildProcess> {
  const worker = await startWorker()
  workers.add(worker)
  return worker
}

const request = () => requestRun(scope, { silo: windows.silo, kind: 'files' })

/** Waits until the run has read more than so many rows, or ended. */
async function readMoreThan(id: string, rows: number) {
  for (;;) {
    const run = await getRun(scope, { id })
    if (run.rows > rows || (run.state !== 'running' && run.state !== 'queued')) return run
    await sleep(LOOK_MS)
  }
}

/** Nobody waits a minute for the lease of a process that is dead. */
const endLeases = () =>
  database.owner()`update collection_runs set lease_until = now() where state = 'running'`

async function expectEachRowOnce(): Promise<void> {
  const [found] = await database.owner()`
    select count(*)::int as events, count(distinct body::json ->> 'externalRef')::int as refs
    from events where tenant_id = ${scope.tenantId} and origin = ${`silo:${windows.silo}`}`
  expect(found).toEqual({ events: ROWS, refs: ROWS })
}

test('killed five times on the way, every row is collected exactly once, and the counts are exact', async () => {
  const random = seededRandom(SEED)
  const { id } = await request()
  let run = await getRun(scope, { id })
  for (let kills = 0; kills < KILLS; kills++) {
    const worker = await start()
    // Somewhere in a chunk, while it is read, mapped or committed.
    run = await readMoreThan(id, run.rows)
    await sleep(random() * 150)
    await killWorker(worker)
    await endLeases()
    expect(run.state).toBe('running')
  }
  await start()
  const ended = await readMoreThan(id, ROWS)
  expect(ended).toMatchObject({ state: 'finished', files: 1, failedFiles: 0, error: null })
  expect(ended).toMatchObject({ rows: ROWS, collected: ROWS, duplicates: 0, rejected: 0, filtered: 0 })
  expect(ended.readBytes).toBe(ended.totalBytes)
  await expectEachRowOnce()
  const { files } = await listFiles(scope, { silo: windows.silo, limit: 1 })
  expect(files[0]).toMatchObject({ state: 'collected', rows: ROWS, collected: ROWS, duplicates: 0 })
}, 120_000)

test('a process that lost its lease commits nothing more, and another goes on', async () => {
  const { id } = await request()
  const stop = new AbortController()
  const first = collectDue({ budgetMs: 60_000, signal: stop.signal })
  const { rows } = await readMoreThan(id, 0)
  await endLeases()
  await start()
  await readMoreThan(id, rows)
  expect(await readMoreThan(id, ROWS)).toMatchObject({
    state: 'finished',
    rows: ROWS,
    collected: ROWS,
    duplicates: 0,
  })
  stop.abort()
  await first
  await expectEachRowOnce()
}, 60_000)

test('a cancelled run stops at its next chunk, and the next one goes on behind it', async () => {
  const { id } = await request()
  const collecting = collectDue({ budgetMs: 60_000 })
  await readMoreThan(id, 0)
  await cancelRun(scope, { id })
  await collecting
  const cancelled = await getRun(scope, { id })
  expect(cancelled).toMatchObject({ state: 'cancelled', cancelledBy: scope.principal.login })
  expect(cancelled.rows).toBeLessThan(ROWS)
  const again = await request()
  await collectDue({ budgetMs: 60_000 })
  const rest = await getRun(scope, again)
  expect(rest).toMatchObject({ state: 'finished', collected: ROWS - cancelled.collected, duplicates: 0 })
  await expectEachRowOnce()
}, 60_000)

test('a process that is told to stop gives the run back behind its chunk', async () => {
  const { id } = await request()
  const stop = new AbortController()
  const collecting = collectDue({ budgetMs: 60_000, signal: stop.signal })
  await readMoreThan(id, 0)
  stop.abort()
  await collecting
  const [left] = await database.owner()`select state, lease_token from collection_runs where id = ${id}`
  expect(left).toEqual({ state: 'running', lease_token: null })
  await collectDue({ budgetMs: 60_000 })
  expect(await getRun(scope, { id })).toMatchObject({ state: 'finished', collected: ROWS, duplicates: 0 })
  await expectEachRowOnce()
}, 60_000)
