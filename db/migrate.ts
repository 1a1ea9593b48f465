import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

export const MIGRATIONS_DIR = join(dirname(fileURLToPath(import.meta.url)), 'migrations')

/** Names this program's migrations among a server's advisory locks; any constant does. */
const MIGRATION_LOCK = 7_766_667

/** Brings the schema up to date. Several instances may start at once: one migrates, the others wait. */
export async function migrate(databaseUrl: string, migrationsFolder = MIGRATIONS_DIR): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => {}, connection: { TimeZone: 'UTC' } })
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`
    await applyMigrations(drizzle(client), { migrationsFolder })
  } finally {
    await client.end()
  }
}
