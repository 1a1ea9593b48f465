import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { closeDatabase } from '@/db/client'
import { databaseUrl } from '@/db/testing/database-url'
import { useTestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { requestEpoch } from '@/lib/integrity/log/requests'
import { scrubTrail } from '@/lib/integrity/scrub/run-scrub'
import { readScrubStatus } from '@/lib/integrity/scrub/scrub-status'
import { appendSamples } from '@/lib/integrity/scrub/testing/sealed-trail'
import { logOf } from '@/lib/integrity/testing/log-client'
import { policyOf } from '@/lib/integrity/testing/seal-now'
import { MASTER_SECRET } from '@/lib/integrity/testing/sealed-log'
import { verifierOf } from '@/lib/integrity/testing/verify-lines'
import { openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { readHead } from '@/lib/trail/head'
import { LogSigner } from './log-signer'
import { PublishedHeads } from './published-heads'
import { sealTrails } from './seal-trails'

const database = useTestDatabase()
const backup = `spoor_${randomUUID().replaceAll('-', '')}`
const admin = postgres(inject('testServerUrl'), { max: 1, onnotice: () => {} })
let dir: string

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'spoor-restored-'))
})
afterAll(async () => {
  vi.stubEnv('DATABASE_URL', database.url())
  await admin.unsafe(`drop database if exists ${backup} with (force)`)
  await admin.end()
  rmSync(dir, { recursive: true })
})

/** A sealer that starts, with the memory of those before it, and ends. */
async function seal() {
  const published = new PublishedHeads(join(dir, 'published'))
  const signer = new LogSigner(MASTER_SECRET)
  const counts = await sealTrails({ signer, published, now: Date.now, budgetMs: 60_000 })
  published.close()
  return counts
}

async function grow(scope: TenantScope, count: number): Promise<void> {
  const next = await readHead(scope)
  await appendSamples(scope.tenantId, next, next + count)
}

/** What a backup of the whole database holds that is taken now. */
async function takeBackup(): Promise<void> {
  await closeDatabase()
  const name = new URL(database.url()).pathname.slice(1)
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
  await admin.unsafe(`create database ${backup} template ${name}`)
}

async function restoreBackup(): Promise<void> {
  await closeDatabase()
  vi.stubEnv('DATABASE_URL', databaseUrl(inject('testServerUrl'), backup))
}

test('a database that was restored behind what was published is not signed on; the others are; a new epoch goes on', async () => {
  const [scope, quiet] = [await newMemberScope(), await newMemberScope()]
  for (const one of [scope, quiet]) await grow(one, 300)
  await seal()
  await takeBackup()
  await grow(scope, 50)
  await seal()
  const lost = await logOf(scope)
  await restoreBackup()

  expect((await logOf(scope)).size).toBeLessThan(lost.size)
  for (const one of [scope, quiet]) await grow(one, 7)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  expect(await seal()).toMatchObject({ refused: 1 })
  const refused = await logOf(scope)
  expect(refused.refused).toMatch(/restored to an earlier state.*open a new epoch/)
  expect(refused.size).toBe(lost.size - 50)
  expect(await logOf(quiet)).toMatchObject({ refused: null, size: await readHead(quiet) })
  // Not even once it has caught up in number: other events than were published.
  await grow(scope, 43)
  await seal()
  expect((await logOf(scope)).size).toBe(refused.size)

  await requestEpoch(scope, { reason: 'the disk of the night is lost' })
  await seal()
  const opened = await logOf(scope)
  expect(opened).toMatchObject({ epoch: 1, refused: null, size: await readHead(scope) })
  expect(opened.origin).not.toBe(lost.origin)
  const checkpoint = await openCheckpoint(opened.note, verifierOf(await policyOf(scope)), 'It')
  expect(checkpoint).toMatchObject({ origin: opened.origin, size: opened.size })
  const restored = postgres(databaseUrl(inject('testServerUrl'), backup), { max: 1 })
  const [event] = await restored`
    select body from events where tenant_id = ${scope.tenantId} and action = 'trail.log.opened'`
  await restored.end()
  expect(JSON.parse(event?.body).data).toMatchObject({
    previousOrigin: lost.origin,
    previousCheckpoint: lost.note,
    reason: 'the disk of the night is lost',
  })
  for (const one of [scope, quiet]) {
    await scrubTrail(one)
    expect((await readScrubStatus(one)).failures).toEqual([])
  }
})
