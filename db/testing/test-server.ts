import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { isProcessAlive } from '@/db/process-identity'
import { databaseUrl } from './database-url'

declare module 'vitest' {
  interface ProvidedContext {
    testServerUrl: string
  }
}

const TEMPLATE = 'spoor_template'
const PREFIX = 'spoor-test-'

/** One throw-away server for the whole run, with a migrated database that every test file clones. */
export default async function startTestServer(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers()
  const dir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  const server = await startEmbeddedPostgres({ dataDir: dir, durable: false })
  const stop = async () => {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  try {
    const admin = postgres(server.url, { max: 1 })
    await admin.unsafe(`CREATE DATABASE ${TEMPLATE}`)
    await admin.end()
    await migrate(databaseUrl(server.url, TEMPLATE))
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('testServerUrl', server.url)
  return stop
}

/** A run that was killed could not tidy up: its server still runs and its folder is still there. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : Number.NaN)
    if (!Number.isInteger(pid) || isProcessAlive(pid)) continue
    const dir = join(tmpdir(), name)
    try {
      const server = await startEmbeddedPostgres({ dataDir: dir, durable: false })
      await server.stop()
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  }
}
