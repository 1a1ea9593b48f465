import { sql } from 'drizzle-orm'
import type { PgTransactionConfig } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsDatabase, type PostgresJsTransaction } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { env } from '@/env'

/**
 * Narrow database roles, none of which owns a table: `app` sees one tenant (row-level security),
 * `auth` people and sessions, `append` events and counters, `deliver` streams of all tenants, `index` what is
 * derived from the trails for searching them, `seal` the leaves of all trails and their logs, `anchor` what is
 * remembered of them elsewhere, `scrub` whether all of it still agrees, `retain` whose time has passed,
 * `collect` where files wait to be collected, `match` where events wait to be matched with the ledger.
 */
export type DatabaseRole =
  | 'app'
  | 'auth'
  | 'append'
  | 'deliver'
  | 'index'
  | 'seal'
  | 'anchor'
  | 'scrub'
  | 'retain'
  | 'collect'
  | 'match'

export type Database = PostgresJsDatabase
// biome-ignore lint/complexity/noBannedTypes: drizzle's own default for "no relational schema"
export type Transaction = PostgresJsTransaction<{}, {}>

type Pool = { client: postgres.Sql; db: Database }

/** Held row locks that last longer mean trouble; the flush is tried again. */
const APPEND_LOCK_TIMEOUT_MS = 2_000
/** The statement is planned once, perhaps on an empty table: its lookups by key must stay lookups when it has grown. */
const APPEND_SETTINGS = { lock_timeout: APPEND_LOCK_TIMEOUT_MS, enable_seqscan: 'off' }

/** Connections a process opens at most, by role; PostgreSQL's default of 100 then serves several processes. */
const POOL_SIZES: Record<DatabaseRole, number> = {
  app: 10,
  auth: 4,
  append: 4,
  deliver: 8,
  index: 2,
  seal: 2,
  anchor: 2,
  scrub: 2,
  retain: 2,
  collect: 2,
  match: 2,
}

/** A statement that takes longer is a mistake in the query, not patience of its reader. */
const STATEMENT_TIMEOUT_MS = 30_000

// On globalThis, because the server's own modules and Next's bundles are loaded side by side in one process.
const store = globalThis as unknown as { spoorPools?: Map<string, Pool> }
store.spoorPools ??= new Map()
const pools = store.spoorPools

function openClient(role: DatabaseRole): postgres.Sql {
  return postgres(env.databaseUrl(), {
    max: POOL_SIZES[role],
    idle_timeout: 60,
    connect_timeout: 5,
    onnotice: () => {},
    types: { seq: { to: 20, from: [20], parse: Number, serialize: String } },
    connection: {
      application_name: `spoor ${role}`,
      role: `spoor_${role}`,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      TimeZone: 'UTC',
      ...(role === 'append' && APPEND_SETTINGS),
    },
  })
}

function pool(role: DatabaseRole): Pool {
  const key = `${role} ${env.databaseUrl()}`
  let found = pools.get(key)
  if (!found) {
    const client = openClient(role)
    found = { client, db: drizzle(client) }
    pools.set(key, found)
  }
  return found
}

export function database(role: DatabaseRole): Database {
  return pool(role).db
}

/** The driver itself, for statements that must be prepared or streamed. */
export function driver(role: DatabaseRole): postgres.Sql {
  return pool(role).client
}

/** One transaction as one tenant: row-level security shows this tenant's rows and no others. */
export function tenantTransaction<T>(
  tenantId: string,
  run: (tx: Transaction) => Promise<T>,
  config?: PgTransactionConfig,
): Promise<T> {
  return database('app').transaction(async (tx) => {
    await tx.execute(sql`select set_config('spoor.tenant_id', ${tenantId}, true)`)
    return run(tx)
  }, config)
}

/** Goes on in an `auth` transaction as one tenant, to write its rows in the same commit. */
export async function becomeTenant(tx: Transaction, tenantId: string): Promise<void> {
  await tx.execute(
    sql`select set_config('role', 'spoor_app', true), set_config('spoor.tenant_id', ${tenantId}, true)`,
  )
}

export async function closeDatabase(): Promise<void> {
  const open = [...pools.values()]
  pools.clear()
  await Promise.all(open.map(({ client }) => client.end({ timeout: 5 })))
}
