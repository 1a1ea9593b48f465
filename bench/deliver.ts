import postgres from 'postgres'
import { closeDatabase } from '@/db/client'
import { makeDataDir, startSpoorServer } from '@/e2e/fixtures/spoor-server'
import { env, provideEnv } from '@/env'
import { runOnce } from '@/lib/delivery/run-once'
import { PublishedHeads } from '@/lib/integrity/seal/published-heads'
import { sealTrails } from '@/lib/integrity/seal/seal-trails'
import { openSealer } from '@/lib/integrity/seal/sealer'
import { startJobs } from '@/lib/schedule/scheduler'
import { attachInstance } from '@/scripts/instance'
import { createLogSecret, sealingFiles } from '@/scripts/log-secret'
import { startCountingReceiver } from './deliver/counting-receiver'
import { benchFairness } from './deliver/fairness'
import { benchIdle, benchLatency } from './deliver/latency'
import { loadEqualTrails } from './deliver/load-equal-trails'
import { benchRate } from './deliver/rate'

const TENANTS = 100
const DESTINATIONS_EACH = 10
/** A hundredth of the one trail's events, so that both deliver for about as long. */
const SHARE_EACH = 100
const BUDGET_MS = 3_600_000
/** As the scheduler looks for work. */
const IDLE_MS = 500

/** Delivery alone, as the scheduler runs it beside other work. */
const startEngine = () =>
  startJobs([{ run: (signal) => runOnce({ budgetMs: BUDGET_MS, signal }), idleMs: IDLE_MS }])

/** `npm run bench -- deliver [--events N]` */
export async function benchDeliver(events: number): Promise<void> {
  const dataDir = makeDataDir()
  const server = await startSpoorServer({ dataDir: dataDir.path })
  const receiver = await startCountingReceiver()
  try {
    provideEnv({ SPOOR_DATA_DIR: dataDir.path, SPOOR_ALLOW_NETWORKS: '127.0.0.0/8' })
    attachInstance()
    provideEnv(sealingFiles(dataDir.path))
    createLogSecret(env.logSecretFile() ?? '')
    const client = postgres(env.databaseUrl(), { max: 4, onnotice: () => {} })
    const eventsEach = Math.ceil(events / SHARE_EACH)
    const [one = ''] = await loadEqualTrails(client, 'one', 1, events)
    const many = await loadEqualTrails(client, 'many', TENANTS, eventsEach)
    const [busy = '', quiet = ''] = await loadEqualTrails(client, 'fair', 2, 1)
    await sealTrails({
      ...openSealer().tools,
      published: new PublishedHeads(),
      now: Date.now,
      budgetMs: BUDGET_MS,
    })
    await client.unsafe('checkpoint')

    console.log('Delivery over HTTP on loopback, batches of 1,000, interleaved rounds, medians:')
    await benchRate(
      client,
      receiver,
      { slug: one, events },
      { slugs: many, eventsEach, destinationsEach: DESTINATIONS_EACH },
    )
    await benchIdle(startEngine, async () => {
      const rows = await client<{ pid: number }[]>`
          select pid from pg_stat_activity where application_name = 'spoor deliver'`
      return rows.map(({ pid }) => pid)
    })
    await benchFairness(client, receiver, { busy, quiet }, startEngine)
    await benchLatency(server.url, dataDir.path)
    await client.end()
    await closeDatabase()
  } finally {
    receiver.stop()
    await server.end('SIGTERM')
    dataDir.remove()
  }
}
