import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { listFiles } from '@/lib/collection/files/list'
import { countRejects } from '@/lib/collection/rejects/count'
import { cancelRun } from './cancel'
import { collectDue } from './collect-due'
import { getRun } from './get'
import { listRuns } from './list'
import { requestRun } from './request'
import type { RunKind } from './run-view'
import { handOver, makeWindowsSilo, type WindowsSilo, windowsCsv } from './testing/windows-silo'

const database = useTestDatabase()
const CSV = windowsCsv()
const ROWS = 6138

let scope: TenantScope
let windows: WindowsSilo

beforeEach(async () => {
  scope = await newMemberScope()
  windows = await makeWindowsSilo(scope)
})

const collect = () => collectDue({ budgetMs: 60_000 })

async function run(kind: RunKind = 'files') {
  const { id } = await requestRun(scope, { silo: windows.silo, kind })
  await collect()
  return getRun(scope, { id })
}

async function countCollected(): Promise<number> {
  const [row] = await database.owner()`
    select count(*)::int as count from events
    where tenant_id = ${scope.tenantId} and origin = ${`silo:${windows.silo}`}`
  return row?.count
}

test('6,138 rows become 6,138 events, and running again adds none', async () => {
  await handOver(scope, windows.silo, 'security.csv', CSV)
  const first = await run()
  expect(first).toMatchObject({
    ...{ state: 'finished', files: 1, failedFiles: 0, error: null, requestedBy: scope.principal.login },
    ...{ rows: ROWS, collected: ROWS, duplicates: 0, filtered: 0, rejected: 0 },
    ...{ totalBytes: Buffer.byteLength(CSV), readBytes: Buffer.byteLength(CSV) },
  })
  expect(first.versions?.tables.map(({ name, version }) => [name, version])).toEqual([
    ['windows-security mapping', 1],
    ['windows-security properties', 1],
  ])
  expect(await countCollected()).toBe(ROWS)
  expect(await run()).toMatchObject({ state: 'finished', rows: 0, files: 0 })
  // The same rows under another name and hash: each is known by its data source and reference.
  await handOver(scope, windows.silo, 'again.csv', `${CSV}\n`)
  expect(await run()).toMatchObject({ state: 'finished', rows: ROWS, collected: 0, duplicates: ROWS })
  expect(await countCollected()).toBe(ROWS)
  const [event] = await database.owner()`
    select body::json as body from events where tenant_id = ${scope.tenantId} and code = 'MS-4720'`
  expect(event?.body).toMatchObject({
    message: 'A user account was created: backdoor',
    actor: { login: 'pgustavo', repository: 'THESHIRE' },
    oldValue: '0x0',
    newValue: '0x15',
  })
  const told = await database.owner()`
    select code, message from events where tenant_id = ${scope.tenantId} and code like 'COLLECTION%' order by seq`
  expect(told.map(({ code }) => code)).toEqual(
    Array.from({ length: 3 }, () => ['COLLECTION_STARTED', 'COLLECTION_FINISHED']).flat(),
  )
  expect(told[1]?.message).toBe('Silo windows-security was collected, 6,138 rows: 6,138 collected.')
})

test('files are collected in the order of their names, each from where it stopped', async () => {
  const [header, ...rows] = CSV.trimEnd().split('\n')
  const part = (from: number, to: number) => `${[header, ...rows.slice(from, to)].join('\n')}\n`
  await handOver(scope, windows.silo, 'b.csv', part(100, 200))
  await handOver(scope, windows.silo, 'a.csv', part(0, 100))
  const done = await run()
  expect(done).toMatchObject({ state: 'finished', files: 2, rows: 200, collected: 200 })
  const { files } = await listFiles(scope, { silo: windows.silo, limit: 10 })
  expect(files.map(({ name, state, rows: read }) => [name, state, read]).sort()).toEqual([
    ['a.csv', 'collected', 100],
    ['b.csv', 'collected', 100],
  ])
  const [order] = await database.owner()`
    select array_agg(external_ref order by seq) as refs from (
      select seq, (body::json ->> 'externalRef') as external_ref from events
      where tenant_id = ${scope.tenantId} and origin like 'silo:%') e`
  const reference = (row: string) => `${row.split(';')[3]}-${row.split(';')[2]}`
  expect(order?.refs).toEqual(rows.slice(0, 200).map(reference))
})

test('rows that are known are found also where a long file had none before', async () => {
  const [header, ...rows] = CSV.trimEnd().split('\r\n')
  await handOver(scope, windows.silo, 'end.csv', `${[header, ...rows.slice(5500)].join('\n')}\n`)
  expect(await run()).toMatchObject({ collected: ROWS - 5500 })
  await handOver(scope, windows.silo, 'whole.csv', `${CSV}${rows[0]}\r\n`)
  expect(await run()).toMatchObject({
    ...{ state: 'finished', rows: ROWS + 1, collected: 5500, duplicates: ROWS - 5500 + 1 },
  })
  expect(await countCollected()).toBe(ROWS)
})

test('a silo has one open run, and one that nobody works on is cancelled at once', async () => {
  await handOver(scope, windows.silo, 'security.csv', CSV)
  const { id } = await requestRun(scope, { silo: windows.silo, kind: 'files' })
  await expect(requestRun(scope, { silo: windows.silo, kind: 'rejects' })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await cancelRun(scope, { id })).toMatchObject({
    state: 'cancelled',
    cancelledBy: scope.principal.login,
  })
  await expect(cancelRun(scope, { id })).rejects.toMatchObject({ code: 'conflict' })
  await collect()
  expect(await countCollected()).toBe(0)
  expect(await run()).toMatchObject({ state: 'finished', collected: ROWS })
  const { runs, next } = await listRuns(scope, { silo: windows.silo, limit: 1 })
  expect(runs.map(({ state }) => state)).toEqual(['finished'])
  const more = await listRuns(scope, { silo: windows.silo, limit: 5, after: next ?? '' })
  expect(more).toMatchObject({ runs: [{ state: 'cancelled' }], next: null })
})

test('rows that are wrong are set aside with their place, and the rest of the file is collected', async () => {
  const [header, ...rows] = CSV.trimEnd().split('\n').slice(0, 11)
  const bad = [...rows.slice(0, 5), '9999;x', ...rows.slice(5)]
  bad[2] = (bad[2] as string).replace(/^\d+/, '77')
  await handOver(scope, windows.silo, 'bad.csv', `${[header, ...bad].join('\n')}\n`)
  expect(await run()).toMatchObject({ state: 'finished', rows: 11, collected: 9, rejected: 2 })
  expect(await countRejects(scope, { silo: windows.silo, state: 'open' })).toEqual({
    total: 2,
    codes: [
      { code: 'too_few_cells', count: 1 },
      { code: 'unknown_event_id', count: 1 },
    ],
  })
})
