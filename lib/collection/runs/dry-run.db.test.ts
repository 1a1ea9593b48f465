import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { listFiles } from '@/lib/collection/files/list'
import { collectDue } from './collect-due'
import { dryRun } from './dry-run'
import { requestRun } from './request'
import { handOver, makeWindowsSilo, type WindowsSilo, windowsCsv } from './testing/windows-silo'

const database = useTestDatabase()

let scope: TenantScope
let windows: WindowsSilo

beforeEach(async () => {
  scope = await newMemberScope()
  windows = await makeWindowsSilo(scope)
})

/** Everything that a dry run must leave as it is. */
const readState = () => database.owner()`
  select (select next_seq from trail_heads where tenant_id = ${scope.tenantId}) as trail,
    (select json_agg(f) from silo_files f where tenant_id = ${scope.tenantId}) as files,
    (select count(*) from collection_runs where tenant_id = ${scope.tenantId}) as runs,
    (select count(*) from collection_rejects where tenant_id = ${scope.tenantId}) as rejects`

test('a dry run of the whole file shows its first events and all counts, and writes nothing', async () => {
  await handOver(scope, windows.silo, 'security.csv', windowsCsv())
  const before = await readState()
  const tried = await dryRun(scope, { silo: windows.silo })
  expect(await readState()).toEqual(before)
  expect(tried).toMatchObject({
    ...{ file: { name: 'security.csv' }, isWhole: true, rows: 6138, rejects: [] },
    counts: { rows: 6138, collected: 6138, duplicates: 0, filtered: 0, rejected: 0 },
  })
  expect(tried.events).toHaveLength(50)
  expect(tried.events[0]).toMatchObject({
    ...{ line: 2, isKnown: false },
    target: { mandant: scope.tenantSlug, family: 'securityadmin', whateventcode: 'MS-5158' },
    event: { type: 'securityadmin', code: 'MS-5158' },
  })
})

test('events that are in the trail already are told apart, and a file that was collected can be tried again', async () => {
  const [header, ...rows] = windowsCsv().split('\r\n')
  await handOver(scope, windows.silo, 'first.csv', `${[header, ...rows.slice(0, 3)].join('\n')}\n`)
  await requestRun(scope, { silo: windows.silo, kind: 'files' })
  await collectDue({ budgetMs: 60_000 })
  const content = `${[header, ...rows.slice(1, 5), rows[4]].join('\n')}\n`
  const tried = await dryRun(scope, { silo: windows.silo, content })
  expect(tried.file).toBeNull()
  expect(tried.events.map(({ isKnown }) => isKnown)).toEqual([true, true, false, false, true])
  expect(tried.counts).toMatchObject({ rows: 5, collected: 2, duplicates: 3 })
  await expect(dryRun(scope, { silo: windows.silo })).rejects.toMatchObject({ code: 'invalid' })
  const { files } = await listFiles(scope, { silo: windows.silo, limit: 1 })
  const again = await dryRun(scope, { silo: windows.silo, fileId: files[0]?.id })
  expect(again.counts).toMatchObject({ rows: 3, duplicates: 3 })
})

test('rejects come with their place and reason, and a draft is tried instead of the line', async () => {
  const [header, first] = windowsCsv().split('\r\n')
  const content = `${header}\n${first}\n${first?.replace(/^\d+/, '77')}\nx;y\n`
  const tried = await dryRun(scope, { silo: windows.silo, content })
  expect(tried.counts).toMatchObject({ rows: 3, collected: 1, rejected: 2 })
  expect(tried.rejects.map(({ line, code }) => [line, code])).toEqual([
    [3, 'unknown_event_id'],
    [4, 'too_few_cells'],
  ])
  const attributes = header?.split(';') ?? []
  const target = {
    datasource: 'draft',
    family: 'try',
    date: '{timestamp}',
    whologin: '{subjectuser}',
    whorepository: 'x',
    whateventcode: '{eventid}',
    whateventcodelabel: 'tried',
    whataction: 'tried',
    whatcount: '1',
  }
  const definition = { source: { attributes }, steps: [], target }
  const draft = await dryRun(scope, { silo: windows.silo, content, definition })
  expect(draft.counts).toMatchObject({ collected: 2, rejected: 1 })
  expect(draft.events[0]?.target).toMatchObject({ datasource: 'draft', whateventcode: '5158' })
})
