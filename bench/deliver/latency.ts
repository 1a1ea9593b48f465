import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuSeconds } from '@/bench/process-cpu'
import { sampleEvents } from '@/bench/sample-events'
import { quantile } from '@/bench/statistics'
import { childEnvironment } from '@/env'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { createToken } from '@/lib/tokens/create'
import { addDestination } from './rate'

const PER_SECOND = 500
const SECONDS = 20
/** Requests of ten events, fifty a second: clients that send what happened a moment ago. */
const BATCH = 10
const DRAIN_MS = 10_000
const WANTED_P50_MS = 1_000
const WANTED_P99_MS = 2_500
/** What the runs before left to the garbage collector is not the idle engine's. */
const SETTLE_MS = 15_000
const IDLE_SECONDS = 30
const WANTED_IDLE = 0.01

/** A receiver that notes when each event came, by its externalRef. */
async function startNotingReceiver() {
  const arrivedAt = new Map<string, number>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const at = performance.now()
      for (const { externalRef } of JSON.parse(Buffer.concat(chunks).toString()))
        if (externalRef && !arrivedAt.has(externalRef)) arrivedAt.set(externalRef, at)
      response.end('ok')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrivedAt, server }
}

/** A worker as operators run it beside the server: it seals and delivers. */
function startWorker(dataDir: string): { stop(): Promise<void> } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/worker.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: childEnvironment({ SPOOR_DATA_DIR: dataDir, SPOOR_ALLOW_NETWORKS: '127.0.0.0/8' }),
  })
  return {
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** From the API's answer to the receiver, with a real server and a real worker. */
export async function benchLatency(serverUrl: string, dataDir: string): Promise<void> {
  const worker = startWorker(dataDir)
  const receiver = await startNotingReceiver()
  try {
    const scope = await scopeForSystem('instance', 'CLI')
    const { secret } = await createToken(scope, { name: 'latency', scopes: ['events:write'] })
    await addDestination(scope, receiver.url)
    const acknowledgedAt = await sendSteadily(serverUrl, secret)
    await sleep(DRAIN_MS)
    const delays = [...acknowledgedAt].map(
      ([ref, at]) => (receiver.arrivedAt.get(ref) ?? Number.POSITIVE_INFINITY) - at,
    )
    const [p50, p99] = [quantile(delays, 0.5), quantile(delays, 0.99)]
    console.log(
      `  acknowledged to received at ${PER_SECOND} events/s, ${delays.length} events: p50 ${p50.toFixed(0)} ms (wanted ${WANTED_P50_MS}), ` +
        `p99 ${p99.toFixed(0)} ms (wanted ${WANTED_P99_MS}): ${p50 <= WANTED_P50_MS && p99 <= WANTED_P99_MS ? 'reached' : 'missed'}`,
    )
  } finally {
    await worker.stop()
    receiver.server.close()
  }
}

async function sendSteadily(url: string, token: string): Promise<Map<string, number>> {
  const acknowledgedAt = new Map<string, number>()
  const events = sampleEvents(PER_SECOND * SECONDS, 'latency')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const running: Promise<void>[] = []
  const started = performance.now()
  for (let i = 0; i < events.length; i += BATCH) {
    await sleep(Math.max(0, started + (i / PER_SECOND) * 1000 - performance.now()))
    const batch = events
      .slice(i, i + BATCH)
      .map((event, k) => ({ ...event, externalRef: `latency-${i + k}` }))
    running.push(
      fetch(`${url}/api/v1/events`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ events: batch }),
      }).then(async (response) => {
        if (response.status !== 201)
          throw new Error(`the API answered ${response.status}: ${await response.text()}`)
        const at = performance.now()
        for (const { externalRef } of batch) acknowledgedAt.set(externalRef, at)
      }),
    )
  }
  await Promise.all(running)
  return acknowledgedAt
}

/** CPU of the process whose engine has a thousand caught-up streams and nothing to do. */
export async function benchIdle(
  startEngine: () => { stop(): Promise<void> },
  enginePids: () => Promise<number[]>,
): Promise<void> {
  const engine = startEngine()
  await sleep(SETTLE_MS)
  const pids = await enginePids()
  const backends = () => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0)
  const [before, node] = [backends(), process.cpuUsage()]
  await sleep(IDLE_SECONDS * 1000)
  const { user, system } = process.cpuUsage(node)
  const share = (user + system) / 1e6 / IDLE_SECONDS
  const database = (backends() - before) / IDLE_SECONDS
  await engine.stop()
  console.log(
    `  idle with a thousand caught-up streams: ${(share * 100).toFixed(2)} % of a core, and ${(database * 100).toFixed(2)} % in PostgreSQL, ` +
      `wanted ${WANTED_IDLE * 100} %: ${share + database < WANTED_IDLE ? 'reached' : 'missed'}`,
  )
}
