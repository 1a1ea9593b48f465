import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { getLine } from '@/lib/collection/lines/get'
import { updateLine } from '@/lib/collection/lines/update'
import { exportRejects } from '@/lib/collection/rejects/export'
import { listRejects } from '@/lib/collection/rejects/list'
import { collectDue } from './collect-due'
import { getRun } from './get'
import { requestRun } from './request'
import type { RunKind } from './run-view'
import { makePlainSilo, PLAIN_COLUMNS, plainRow } from './testing/plain-silo'
import { handOver } from './testing/windows-silo'

useTestDatabase()

const HEADER = PLAIN_COLUMNS.join(';')
const MIB = 2 ** 20

let scope: TenantScope

beforeEach(async () => {
  scope = await newMemberScope()
})

async function run(silo: string, kind: RunKind = 'files') {
  const { id } = await requestRun(scope, { silo, kind })
  await collectDue({ budgetMs: 120_000 })
  return getRun(scope, { id })
}

/** How much more memory the process had at most meanwhile. */
async function growthOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  let isOver = false
  const watching = (async () => {
    for (; !isOver; await sleep(10)) most = Math.max(most, process.memoryUsage().rss)
  })()
  await work().finally(() => {
    isOver = true
  })
  await watching
  return most - before
}

test('rejected rows of nearly a MiB each are listed, downloaded and collected by pages of some MiB', async () => {
  const rows = 60
  const long = 'y'.repeat(900_000)
  const lineId = await makePlainSilo(scope, 'long', { target: { whatcount: '{target}' } })
  const text = Array.from({ length: rows }, (_, n) => plainRow(n).replace('bert', long))
  await handOver(scope, 'long', 'a.csv', [HEADER, ...text].join('\n'))
  expect(await run('long')).toMatchObject({ rows, rejected: rows })

  const seen: number[] = []
  for (let after: string | undefined; ; ) {
    const page = await listRejects(scope, { silo: 'long', limit: 1000, after })
    expect(page.rejects.length).toBeLessThan(10)
    seen.push(...page.rejects.map(({ line }) => line))
    if (page.next === null) break
    after = page.next
  }
  expect(seen).toEqual(Array.from({ length: rows }, (_, n) => n + 2))

  const answer = await exportRejects(scope, { silo: 'long' })
  let bytes = 0
  for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
    expect(part.byteLength).toBeLessThan(8 * MIB)
    bytes += part.byteLength
  }
  expect(bytes).toBeGreaterThan(rows * long.length)

  const { name, note, definition } = await getLine(scope, { id: lineId })
  const target = { ...definition.target, whatcount: '{count}', whattargetname: 'short' }
  await updateLine(scope, {
    id: lineId,
    name,
    note,
    definition: { ...definition, target },
  })
  let mended: unknown
  const growth = await growthOf(async () => {
    mended = await run('long', 'rejects')
  })
  expect(mended).toMatchObject({ state: 'finished', rows, collected: rows, rejected: 0 })
  expect(growth).toBeLessThan(150 * MIB)
}, 120_000)

test('what is shown of a long value does not keep all of it in memory', async () => {
  const set = [{ attribute: 'login', expression: "row.login + 'x'.repeat(900000)" }]
  await makePlainSilo(scope, 'large', { steps: [{ kind: 'update', note: '', set }] })
  const rows = 400
  await handOver(
    scope,
    'large',
    'a.csv',
    [HEADER, ...Array.from({ length: rows }, (_, n) => plainRow(n))].join('\n'),
  )
  const growth = await growthOf(async () => {
    expect(await run('large')).toMatchObject({ rows, rejected: rows })
  })
  expect(growth).toBeLessThan(200 * MIB)
}, 300_000)
