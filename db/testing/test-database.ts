import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, inject, vi } from 'vitest'
import { closeDatabase } from '@/db/client'
import { databaseUrl } from './database-url'

export type TestDatabase = {
  /** Connects as the owner, who sees all tenants' rows. */
  url(): string
  /** A client of the owner's, closed after the file. */
  owner(): postgres.Sql
}

/**
 * Called at the top of a `*.db.test.ts`: the file gets its own clone of the migrated template, which
 * `@/db/client` uses from then on, and which is dropped afterwards.
 */
export function useTestDatabase(): TestDatabase {
  const server = inject('testServerUrl')
  const name = `spoor_${randomUUID().replaceAll('-', '')}`
  const url = databaseUrl(server, name)
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  let owner: postgres.Sql | undefined

  beforeAll(async () => {
    await admin.unsafe(`CREATE DATABASE ${name} TEMPLATE spoor_template`)
    vi.stubEnv('DATABASE_URL', url)
  })

  afterAll(async () => {
    await closeDatabase()
    await owner?.end()
    await admin.unsafe(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  })

  return {
    url: () => url,
    owner: () => (owner ??= postgres(url, { max: 4, onnotice: () => {} })),
  }
}
