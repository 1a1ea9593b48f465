import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { quantile } from '@/bench/statistics'
import { inTenant } from '@/lib/access/in-tenant'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { startReceiver } from '@/lib/http/testing/loopback-receiver'
import { openSealer } from '@/lib/integrity/seal/sealer'
import { appendWithin } from '@/lib/trail/append-within'
import type { CountingReceiver } from './counting-receiver'
import { addDestination } from './rate'

const STREAMS = 60_000
const PROBES = 30
const BETWEEN_PROBES_MS = 400
const WANTED_DELAY_MS = 1_000
/** Until nothing is left to seal, which ends it much earlier. */
const SEAL_BUDGET_MS = 60_000
const PROBE_DEADLINE_MS = 60_000

/** As many due streams as a tenant could have, all behind: copies of one that was made as people make it. */
async function addDueStreams(client: postgres.Sql, tenantId: string, destinationId: string): Promise<void> {
  await client`
    insert into destinations (tenant_id, id, kind, config)
    select tenant_id, gen_random_uuid(), kind, config from destinations, generate_series(1, ${STREAMS})
    where tenant_id = ${tenantId} and id = ${destinationId}`
  await client`
    insert into destination_filters (tenant_id, destination_id, version, from_seq, filter)
    select tenant_id, id, 1, 0, '{}' from destinations where tenant_id = ${tenantId} and id <> ${destinationId}`
  await client`
    insert into delivery_streams (tenant_id, destination_id, next_seq, batch_limit)
    select tenant_id, id, 0, 1000 from destinations where tenant_id = ${tenantId} and id <> ${destinationId}`
  await client.unsafe('vacuum (analyze) delivery_streams')
}

/** How long an event of one tenant takes from its seal to its receiver while another has sixty thousand due streams. */
export async function benchFairness(
  client: postgres.Sql,
  counting: CountingReceiver,
  slugs: { busy: string; quiet: string },
  startEngine: () => { stop(): Promise<void> },
): Promise<void> {
  const [busy, quiet] = [await scopeForSystem(slugs.busy, 'CLI'), await scopeForSystem(slugs.quiet, 'CLI')]
  await addDueStreams(client, busy.tenantId, await addDestination(busy, counting.url))
  const receiver = await startReceiver()
  await addDestination(quiet, receiver.url)
  const sealer = openSealer()
  await sealer.run({ budgetMs: SEAL_BUDGET_MS })
  const engine = startEngine()
  const delays: number[] = []
  try {
    // What was there before is delivered first.
    await untilQuiet(receiver.received)
    for (let probe = 0; probe < PROBES; probe++) {
      const message = `probe ${probe}`
      await inTenant(quiet, (tx) =>
        appendWithin(tx, quiet.tenantId, 'token:test', [{ type: 'relay', action: 'probed', message }]),
      )
      await sealer.run({ budgetMs: SEAL_BUDGET_MS })
      const started = performance.now()
      while (!receiver.received.some(({ body }) => body.includes(`"${message}"`))) {
        if (performance.now() - started > PROBE_DEADLINE_MS) throw new Error(`${message} did not arrive`)
        await sleep(5)
      }
      delays.push(performance.now() - started)
      await sleep(BETWEEN_PROBES_MS)
    }
  } finally {
    await engine.stop()
    await receiver.close()
  }
  const [left] = await client`
    select count(*)::int as streams from delivery_streams s join log_heads h using (tenant_id)
    where tenant_id = ${busy.tenantId} and state = 'active' and s.next_seq < h.size`
  await client`update delivery_streams set state = 'paused' where tenant_id = ${busy.tenantId}`
  const worst = Math.max(...delays)
  console.log(
    `  an event beside ${STREAMS.toLocaleString('en')} due streams of another tenant (${left?.streams} were still due at the end): ` +
      `p50 ${quantile(delays, 0.5).toFixed(0)} ms, worst of ${PROBES} ${worst.toFixed(0)} ms from its seal, wanted ${WANTED_DELAY_MS}: ` +
      `${worst <= WANTED_DELAY_MS ? 'reached' : 'missed'}`,
  )
}

async function untilQuiet(received: readonly unknown[]): Promise<void> {
  for (let seen = -1; seen !== received.length || seen === 0; ) {
    seen = received.length
    await sleep(1_500)
  }
}
