import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { closeDatabase } from '@/db/client'
import { makeDataDir, startSpoorServer } from '@/e2e/fixtures/spoor-server'
import { env, provideEnv } from '@/env'
import type { LogSigner } from '@/lib/integrity/seal/log-signer'
import { PublishedHeads } from '@/lib/integrity/seal/published-heads'
import { sealTrails } from '@/lib/integrity/seal/seal-trails'
import { openSealer } from '@/lib/integrity/seal/sealer'
import { instancePaths } from '@/scripts/instance'
import { createLogSecret, sealingFiles } from '@/scripts/log-secret'
import { benchBundle, loadProvableTrail } from './bundle'
import { loadTrails } from './load-trails'
import { cpuSeconds } from './process-cpu'
import { benchProofs } from './proofs'
import { compareIngestion } from './seal-ingestion'
import { median } from './statistics'

const WANTED_PER_SECOND = 100_000
const ROUNDS = 3
const BUDGET_MS = 3_600_000
/** Trails that each grow by a few events between two seals: what a second of a busy instance looks like. */
const STEADY_TENANTS = 1000

const say = (rate: number) => Math.round(rate).toLocaleString('en')

type Setting = { client: postgres.Sql; dir: string; signer: LogSigner }

/** CPU seconds that the sealer's connections have used in PostgreSQL so far. */
async function backendSeconds(client: postgres.Sql): Promise<number> {
  const rows = await client<
    { pid: number }[]
  >`select pid from pg_stat_activity where application_name = 'spoor seal'`
  return rows.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0)
}

/** Seals all that is behind and gives wall and CPU seconds, Node's and PostgreSQL's. */
async function sealOnce(client: postgres.Sql, tools: { signer: LogSigner; published: PublishedHeads }) {
  const [nodeBefore, backendBefore] = [process.cpuUsage(), await backendSeconds(client)]
  const start = performance.now()
  const counts = await sealTrails({ ...tools, now: Date.now, budgetMs: BUDGET_MS })
  const wall = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(nodeBefore)
  const backend = (await backendSeconds(client)) - backendBefore
  return { ...counts, wall, node: (user + system) / 1e6, backend }
}

/** Bulk: a thousand trails of unequal size, sealed from nothing. Steady: every trail a little further, each second. */
async function measureSealing({ client, dir, signer }: Setting, events: number): Promise<void> {
  const tenants = await loadTrails(client, events, STEADY_TENANTS)
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const published = new PublishedHeads(join(dir, `published-${round}`))
    await forgetLogs(client)
    await sealTrails({ signer, published, now: Date.now, budgetMs: 0 })
    while ((await sealTrails({ signer, published, now: Date.now, budgetMs: 0 })).opened > 0);
    const { events: sealed, wall, node, backend } = await sealOnce(client, { signer, published })
    rates.push(sealed / (node + backend))
    console.log(
      `  ${say(sealed)} events of ${tenants.length} trails: ${say(sealed / wall)}/s; CPU ${((node / sealed) * 1e6).toFixed(1)} µs ` +
        `an event in Node, ${((backend / sealed) * 1e6).toFixed(1)} µs in PostgreSQL: ${say(sealed / (node + backend))}/s a core`,
    )
    published.close()
  }
  const rate = median(rates)
  console.log(
    `  sealing: ${say(rate)} events/s a core, wanted ${say(WANTED_PER_SECOND)}: ${rate >= WANTED_PER_SECOND ? 'reached' : 'missed'}`,
  )
}

/** Back to before the first seal; only a superuser who takes the triggers away can do this. */
async function forgetLogs(client: postgres.Sql): Promise<void> {
  await client.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`truncate log_tiles, log_heads, log_checkpoints, log_keys, logs cascade`
  })
  await client`vacuum analyze log_heads`
}

/** One trail whose leaves are those of its events, so that what is given out of it can be verified. */
async function measureEvidence({ client, dir, signer }: Setting, events: number): Promise<void> {
  const tenantId = await loadProvableTrail(client, events)
  const published = new PublishedHeads()
  await sealTrails({ signer, published, now: Date.now, budgetMs: BUDGET_MS })
  // What loading left to be written is PostgreSQL's work, and not a proof's.
  await client.unsafe('checkpoint')
  await benchProofs(tenantId)
  await benchBundle(tenantId, dir)
}

/** `npm run bench -- seal [--events N]` */
export async function benchSeal(events: number): Promise<void> {
  const dataDir = makeDataDir()
  const server = await startSpoorServer({ dataDir: dataDir.path })
  try {
    const { databaseUrl } = JSON.parse(readFileSync(instancePaths(dataDir.path).record, 'utf8'))
    provideEnv({ DATABASE_URL: databaseUrl, SPOOR_DATA_DIR: dataDir.path })
    const client = postgres(databaseUrl, { max: 4, onnotice: () => {} })
    // The secret of the sealer's process that runs later: another one would be refused.
    provideEnv(sealingFiles(dataDir.path))
    createLogSecret(env.logSecretFile() ?? '')
    const { signer, published } = openSealer().tools
    const setting = { client, dir: dataDir.path, signer }
    console.log(`Sealing, ${ROUNDS} rounds from nothing:`)
    await measureSealing(setting, events)
    console.log('Proofs and bundles of one trail:')
    await measureEvidence(setting, events)
    await compareIngestion(server, client)
    published.close()
    await client.end()
    await closeDatabase()
  } finally {
    await server.end('SIGTERM')
    dataDir.remove()
  }
}
