import { join } from 'node:path'
import postgres from 'postgres'
import { startEmbeddedPostgres } from '@/db/embedded'
import { env } from '@/env'

export type RunningDatabase = { url: string; stop(): Promise<void> }

const OLDEST_VERSION = 15

/** The operator's PostgreSQL when DATABASE_URL is set, else the embedded one below the data directory. */
export async function startDatabase(dataDir: string, log: (line: string) => void): Promise<RunningDatabase> {
  const external = env.externalDatabaseUrl()
  if (!external) return startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log })
  await checkVersion(external)
  return { url: external, stop: async () => {} }
}

async function checkVersion(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} })
  let version: number
  try {
    const [row] = await client`select current_setting('server_version_num')::int / 10000 as version`
    version = Number(row?.version)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `Cannot use the PostgreSQL of DATABASE_URL: ${reason}. Check address, name and password.`,
      { cause },
    )
  } finally {
    await client.end({ timeout: 1 })
  }
  if (version < OLDEST_VERSION) {
    throw new Error(`DATABASE_URL points at PostgreSQL ${version}; Spoor needs ${OLDEST_VERSION} or newer.`)
  }
}
