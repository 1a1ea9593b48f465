import { text } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { collectFileAgain } from '@/lib/collection/files/collect-again'
import { listFiles } from '@/lib/collection/files/list'
import { countRejects } from '@/lib/collection/rejects/count'
import { discardRejects } from '@/lib/collection/rejects/discard'
import { exportRejects } from '@/lib/collection/rejects/export'
import { listRejects } from '@/lib/collection/rejects/list'
import { updateTable } from '@/lib/collection/tables/update'
import { collectDue } from './collect-due'
import { getRun } from './get'
import { requestRun } from './request'
import type { RunKind } from './run-view'
import {
  handOver,
  makeWindowsSilo,
  type WindowsSilo,
  windowsCsv,
  windowsMapping,
} from './testing/windows-silo'

const database = useTestDatabase()

let scope: TenantScope
let windows: WindowsSilo

beforeEach(async () => {
  scope = await newMemberScope()
  windows = await makeWindowsSilo(scope)
})

async function run(kind: RunKind = 'files') {
  const { id } = await requestRun(scope, { silo: windows.silo, kind })
  await collectDue({ budgetMs: 60_000 })
  return getRun(scope, { id })
}

/** Breaks or mends the mapping of all events: what stands for the type of their first target. */
const mapTargetType = (type: string) =>
  updateTable(scope, {
    id: windows.mappingId,
    content: windowsMapping(scope).replaceAll(';account;', `;${type};`),
  })

async function countCollected(): Promise<number> {
  const [row] = await database.owner()`
    select count(*)::int as count from events where tenant_id = ${scope.tenantId} and origin like 'silo:%'`
  return row?.count
}

const open = async () => (await countRejects(scope, { silo: windows.silo, state: 'open' })).total
const fileOf = async () => (await listFiles(scope, { silo: windows.silo, limit: 1 })).files[0]

test('a corrected mapping collects the rejected rows only', async () => {
  await mapTargetType('{computer}')
  await handOver(scope, windows.silo, 'security.csv', windowsCsv())
  const broken = await run()
  expect(broken.state).toBe('finished')
  expect(broken.rejected).toBeGreaterThan(100)
  expect(broken.collected + broken.rejected).toBe(6138)
  expect(await open()).toBe(broken.rejected)
  expect(await countCollected()).toBe(broken.collected)

  const still = await run('rejects')
  expect(still).toMatchObject({ state: 'finished', rows: broken.rejected, collected: 0 })
  expect(still.rejected).toBe(broken.rejected)

  await mapTargetType('account')
  const mended = await run('rejects')
  expect(mended).toMatchObject({
    ...{ kind: 'rejects', state: 'finished', rows: broken.rejected, collected: broken.rejected },
    ...{ duplicates: 0, rejected: 0 },
  })
  expect(mended.readBytes).toBe(mended.totalBytes)
  expect(mended.versions?.tables.find(({ id }) => id === windows.mappingId)?.version).toBe(3)
  expect(await open()).toBe(0)
  expect(await countCollected()).toBe(6138)
  expect(await fileOf()).toMatchObject({ rows: 6138, collected: 6138, rejected: 0, openRejects: 0 })
  expect(await run('rejects')).toMatchObject({ state: 'finished', rows: 0 })
})

test('collecting a file again from its first byte settles its rejects', async () => {
  await mapTargetType('{computer}')
  await handOver(scope, windows.silo, 'security.csv', windowsCsv())
  const broken = await run()
  await mapTargetType('account')
  const file = await fileOf()
  await collectFileAgain(scope, { silo: windows.silo, id: file?.id ?? '' })
  expect(await run()).toMatchObject({
    ...{ state: 'finished', rows: 6138, collected: broken.rejected, duplicates: broken.collected },
  })
  expect(await open()).toBe(0)
  expect(await countCollected()).toBe(6138)
})

test('rejects are listed by pages, downloaded without formulas, and given up by line', async () => {
  const [header, ...rows] = windowsCsv().split('\r\n').slice(0, 6)
  const bad = rows.map((row) => row.replace(/^\d+/, '=1+1'))
  await handOver(scope, windows.silo, 'bad.csv', `${[header, ...bad].join('\n')}\n`)
  expect(await run()).toMatchObject({ rows: 5, rejected: 5 })
  const page = await listRejects(scope, { silo: windows.silo, limit: 3 })
  expect(page.rejects.map(({ line, code, column, value }) => [line, code, column, value])).toEqual(
    [2, 3, 4].map((line) => [line, 'unknown_event_id', 'eventid', '=1+1']),
  )
  expect(page.rejects[0]?.raw).toBe(bad[0])
  const rest = await listRejects(scope, { silo: windows.silo, limit: 3, after: page.next ?? '' })
  expect(rest.rejects.map(({ line }) => line)).toEqual([5, 6])
  expect(rest.next).toBeNull()

  const answer = await exportRejects(scope, { silo: windows.silo })
  const csv = (await text(answer.body as never)).split('\r\n')
  expect(csv[0]).toBe('file,line,column,value,reason,code,state,raw')
  expect(csv).toHaveLength(7)
  expect(csv[1]).toMatch(/^bad\.csv,2,eventid,'=1\+1,/)

  const id = page.rejects[0]?.file.id ?? ''
  expect(await discardRejects(scope, { silo: windows.silo, file: id, lines: [2, 3] })).toEqual({
    discarded: 2,
  })
  expect(await open()).toBe(3)
  expect(await run('rejects')).toMatchObject({ rows: 3, rejected: 3 })
  expect(await discardRejects(scope, { silo: windows.silo })).toEqual({ discarded: 3 })
  expect(await discardRejects(scope, { silo: windows.silo })).toEqual({ discarded: 0 })
  expect(await run('rejects')).toMatchObject({ state: 'finished', rows: 0 })
})

test('a row whose bytes are no text is never collected as something else', async () => {
  const [header, first] = windowsCsv().split('\r\n')
  const row = Buffer.from(`${header}\n${first}\n`)
  const broken = Buffer.concat([row, Buffer.from(`${first}`), Buffer.from([0xff, 0x0a])])
  const nul = Buffer.from(`${first}`.replace(';73266;', ';7\0;'))
  await handOver(scope, windows.silo, 'bytes.csv', Buffer.concat([broken, nul, Buffer.from('\n')]))
  const { id } = await requestRun(scope, { silo: windows.silo, kind: 'files' })
  await collectDue({ budgetMs: 60_000 })
  const done = await getRun(scope, { id })
  expect(done).toMatchObject({ state: 'finished', collected: 1 })
  const before = await open()
  expect(before).toBe(done.rejected)
  expect(await run('rejects')).toMatchObject({ state: 'finished', rows: 0 })
  expect(await open()).toBe(before)
  expect(await countCollected()).toBe(1)
})

test('files that can not be read say why, and the others are collected', async () => {
  const [header, first] = windowsCsv().split('\r\n')
  await handOver(scope, windows.silo, 'b.csv', `${header}\n${first}\n`)
  await handOver(scope, windows.silo, 'a.csv', `one;two\n1;2\n`)
  expect(await run()).toMatchObject({ state: 'finished', files: 1, failedFiles: 1, collected: 1 })
  const { files } = await listFiles(scope, { silo: windows.silo, limit: 5 })
  expect(files.find(({ name }) => name === 'a.csv')).toMatchObject({ state: 'failed' })
  expect(files.find(({ name }) => name === 'a.csv')?.error).toMatch(/eventid/)
  // The next run tries again, and has nothing else.
  expect(await run()).toMatchObject({ state: 'failed', files: 0, failedFiles: 1 })
})
