import { join } from 'node:path'
import postgres from 'postgres'
import { closeDatabase } from '@/db/client'
import { startEmbeddedPostgres } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { makeDataDir, startSpoorServer } from '@/e2e/fixtures/spoor-server'
import { env, provideEnv } from '@/env'
import { attachInstance } from '@/scripts/instance'
import { benchFollow } from './match/follow'
import { benchRematch, compareIngestion } from './match/rematch'
import { benchTimeline } from './match/timeline'

export type MatchBenchOptions = {
  /** Of each trail that is matched, and matched again. */
  rows: number
  /** Of the trail whose timelines are read; 0 leaves them out. */
  events: number
}

/** `npm run bench -- match [--rows N] [--events N]`: each part prints its own figures beside what is wanted. */
export async function benchMatch(options: MatchBenchOptions): Promise<void> {
  const dataDir = makeDataDir()
  try {
    const tenantId = await benchDatabase(join(dataDir.path, 'postgres'), options)
    await benchServer(dataDir.path, tenantId)
  } finally {
    dataDir.remove()
  }
}

/** Everything that needs no server but PostgreSQL. Gives the tenant to match again beside ingestion. */
async function benchDatabase(dataDir: string, { rows, events }: MatchBenchOptions): Promise<string> {
  const server = await startEmbeddedPostgres({ dataDir })
  try {
    provideEnv({ DATABASE_URL: server.url })
    await migrate(server.url)
    const client = postgres(server.url, { max: 2, onnotice: () => {} })
    const zipf = await benchFollow(client, 'zipf', rows)
    const uniform = await benchFollow(client, 'uniform', rows)
    const distinct = await benchFollow(client, 'distinct', rows)
    await benchRematch(client, 'zipf', zipf)
    await benchRematch(client, 'uniform', uniform)
    await benchRematch(client, 'distinct, the worst case', distinct)
    if (events > 0) await benchTimeline(client, events)
    await client.end()
    return uniform
  } finally {
    await closeDatabase()
    await server.stop()
  }
}

async function benchServer(dataDir: string, tenantId: string): Promise<void> {
  const server = await startSpoorServer({ dataDir })
  try {
    provideEnv({ SPOOR_DATA_DIR: dataDir })
    attachInstance()
    const client = postgres(env.databaseUrl(), { max: 1, onnotice: () => {} })
    await compareIngestion(client, server, tenantId)
    await client.end()
    await closeDatabase()
  } finally {
    await server.end('SIGTERM')
  }
}
