import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { postRequest, sendAll } from '@/bench/http-load'
import { sampleEvents } from '@/bench/sample-events'
import { median } from '@/bench/statistics'
import type { SpoorServer } from '@/e2e/fixtures/spoor-server'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { matchTenant } from '@/lib/ledger/matching/match-tenant'
import { killMatchWorker, startMatchWorker } from '@/lib/ledger/matching/testing/worker-process'
import { createToken } from '@/lib/tokens/create'

const WANTED_SECONDS = 60
const WANTED_SHARE = 0.8
const ROUNDS = 5
const EVENTS = 40_000
const BATCH = 100
const CONNECTIONS = 8
const LOOK_MS = 50

/** Every hundredth person gets another name, and all is to be matched again. */
async function changeLedger(client: postgres.Sql, tenantId: string): Promise<void> {
  await client`update ledger_records set display_name = display_name || '*'
    where tenant_id = ${tenantId} and display_name like 'Name of person%00'`
  await client`update matching_state set wanted = wanted + 1, reason = 'the benchmark' where tenant_id = ${tenantId}`
}

/** (b) Seconds that matching all names of a trail again takes while nothing else runs. */
export async function benchRematch(client: postgres.Sql, name: string, tenantId: string): Promise<void> {
  const scope = await scopeForSystem(tenantId, 'CLI')
  await changeLedger(client, tenantId)
  const start = performance.now()
  const { references, changed } = await matchTenant(scope, { budgetMs: Number.POSITIVE_INFINITY })
  const seconds = (performance.now() - start) / 1000
  console.log(
    `  ${name}: matched again in ${seconds.toFixed(1)} s (wanted: ${WANTED_SECONDS}), ` +
      `${references.toLocaleString('en')} names, ${changed.toLocaleString('en')} changed`,
  )
}

async function ingest(port: number, token: string): Promise<number> {
  const events = sampleEvents(EVENTS, randomBytes(6).toString('hex'))
  const requests = Array.from({ length: EVENTS / BATCH }, (_, i) =>
    postRequest(
      '/api/v1/events',
      token,
      JSON.stringify({ events: events.slice(i * BATCH, (i + 1) * BATCH) }),
    ),
  )
  const { seconds, statuses } = await sendAll(port, requests, CONNECTIONS)
  if (statuses.get(201) !== requests.length)
    throw new Error(`not all created: ${JSON.stringify([...statuses])}`)
  return EVENTS / seconds
}

async function readState(client: postgres.Sql, tenantId: string) {
  const [row] = await client<{ isDone: boolean; next: number }[]>`
    select wanted = matched as "isDone", rematch_next as next from matching_state where tenant_id = ${tenantId}`
  return row as { isDone: boolean; next: number }
}

/** (b) Ingestion over HTTP without and with a process that matches again, in turns. */
export async function compareIngestion(
  client: postgres.Sql,
  server: SpoorServer,
  tenantId: string,
): Promise<void> {
  const scope = await scopeForSystem('instance', 'CLI')
  const { secret } = await createToken(scope, { name: 'bench', scopes: ['events:write'] })
  const port = Number(new URL(server.url).port)
  const shares: number[] = []
  const rates: number[] = []
  let whole = 0
  const worker = await startMatchWorker()
  // The first round warms up and isn't counted.
  for (let round = 0; round <= ROUNDS; round++) {
    const without = await ingest(port, secret)
    await changeLedger(client, tenantId)
    const beside = await ingest(port, secret)
    // Where it ended before the round did, ingestion had a part of it for itself.
    if (!(await readState(client, tenantId)).isDone) whole++
    while (!(await readState(client, tenantId)).isDone) await sleep(LOOK_MS)
    if (round === 0) continue
    shares.push(beside / without)
    rates.push(without)
  }
  await killMatchWorker(worker)
  console.log(
    `Ingestion, ${ROUNDS} interleaved rounds of ${EVENTS.toLocaleString('en')} events: ` +
      `${Math.round(median(rates)).toLocaleString('en')} events/s, beside matching again ` +
      `${(median(shares) * 100).toFixed(0)} % of it (wanted: ${WANTED_SHARE * 100} %); it ran throughout ${whole} of ${ROUNDS + 1}`,
  )
}
