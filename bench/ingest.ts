import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { closeDatabase } from '@/db/client'
import { makeDataDir, startSpoorServer } from '@/e2e/fixtures/spoor-server'
import { provideEnv } from '@/env'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { type AcceptedEvent, acceptEvent } from '@/lib/event/accept-event'
import { createToken } from '@/lib/tokens/create'
import { append } from '@/lib/trail/append'
import { type TrailOwner, toEventRow } from '@/lib/trail/event-row'
import { instancePaths } from '@/scripts/instance'
import { postRequest, sendAll } from './http-load'
import { insertPlain, type PlainRow, plainRows } from './insert-plain'
import { residentMiB } from './resident-memory'
import { sampleEvents } from './sample-events'
import { median, quantile } from './statistics'

const ROUNDS = 5
const BATCH = 100
const BATCH_CONNECTIONS = 8
const SINGLE_CONNECTIONS = 16
const PATH = '/api/v1/events'
/** Plain rows are numbered from here, far above what the trail itself gives. */
const PLAIN_SEQ = 1_000_000_000

type Rate = { perSecond: number; latenciesMs: number[] }
type Way = { name: string; rates: Rate[] }

const chunks = <T>(values: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size))

/** Runs `work` over all items, so many at a time, and times each. */
async function timeAll<T>(items: T[], workers: number, events: number, work: (item: T) => Promise<unknown>) {
  const latenciesMs: number[] = []
  let next = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let item = items[next++]; item !== undefined; item = items[next++]) {
        const begun = performance.now()
        await work(item)
        latenciesMs.push(performance.now() - begun)
      }
    }),
  )
  return { perSecond: events / ((performance.now() - start) / 1000), latenciesMs }
}

function accept(events: ReturnType<typeof sampleEvents>): AcceptedEvent[] {
  return events.map((event) => {
    const acceptance = acceptEvent(event, new Date().toISOString())
    if ('violations' in acceptance) throw new Error(JSON.stringify(acceptance.violations))
    return acceptance.accepted
  })
}

const appendEvents = (owner: TrailOwner, events: AcceptedEvent[]) =>
  append(events.map((event) => toEventRow(owner, event, 'system', new Date().toISOString())))

async function overHttp(port: number, token: string, bodies: string[], connections: number, events: number) {
  const requests = bodies.map((body) => postRequest(PATH, token, body))
  const { seconds, latenciesMs, statuses } = await sendAll(port, requests, connections)
  if (statuses.get(201) !== bodies.length)
    throw new Error(`not all created: ${JSON.stringify([...statuses])}`)
  return { perSecond: events / seconds, latenciesMs }
}

function report(way: Way, reference?: Way): void {
  const rate = median(way.rates.map(({ perSecond }) => perSecond))
  const latencies = way.rates.flatMap(({ latenciesMs }) => latenciesMs)
  const times = `p50 ${quantile(latencies, 0.5).toFixed(1)} ms, p99 ${quantile(latencies, 0.99).toFixed(1)} ms`
  const ratios =
    reference && way.rates.map(({ perSecond }, i) => perSecond / (reference.rates[i]?.perSecond ?? 1))
  const share = ratios ? `  ${(median(ratios) * 100).toFixed(0)} % of ${reference.name}` : ''
  console.log(
    `  ${way.name.padEnd(34)} ${Math.round(rate).toLocaleString('en').padStart(8)} events/s  ${times}${share}`,
  )
}

type Setting = { port: number; pid: number; token: string; owner: TrailOwner; client: postgres.Sql }

/** Single events and batches: HTTP, append in process, plain insert, one after the other in each round. */
async function compareWays({ port, token, owner, client }: Setting, eventsPerRound: number): Promise<void> {
  const names = ['HTTP', 'append', 'plain insert']
  const batches = names.map(
    (name): Way => ({ name: `${name}, batches of ${BATCH} at ${BATCH_CONNECTIONS}`, rates: [] }),
  )
  const singles = names.map((name): Way => ({ name: `${name}, single at ${SINGLE_CONNECTIONS}`, rates: [] }))
  const singleCount = Math.ceil(eventsPerRound / 3)
  let plainSeq = PLAIN_SEQ
  const plainOf = (events: AcceptedEvent[]): PlainRow[] => {
    const rows = events.map((event) => toEventRow(owner, event, 'system', new Date().toISOString()))
    plainSeq += rows.length
    return plainRows(rows, plainSeq - rows.length)
  }
  // The first round warms all ways up and isn't counted.
  for (let round = 0; round <= ROUNDS; round++) {
    const make = (count: number, way: string) =>
      sampleEvents(count, `${round}-${way}-${randomBytes(4).toString('hex')}`)
    const bodies = chunks(make(eventsPerRound, 'http'), BATCH).map((events) => JSON.stringify({ events }))
    const rates = [
      await overHttp(port, token, bodies, BATCH_CONNECTIONS, eventsPerRound),
      await timeAll(
        chunks(accept(make(eventsPerRound, 'append')), BATCH),
        BATCH_CONNECTIONS,
        eventsPerRound,
        (events) => appendEvents(owner, events),
      ),
      await timeAll(
        chunks(plainOf(accept(make(eventsPerRound, 'plain'))), BATCH),
        BATCH_CONNECTIONS,
        eventsPerRound,
        (rows) => insertPlain(client, rows),
      ),
    ]
    const one = make(singleCount, 'one').map((event) => JSON.stringify(event))
    const singleRates = [
      await overHttp(port, token, one, SINGLE_CONNECTIONS, singleCount),
      await timeAll(accept(make(singleCount, 'one-append')), SINGLE_CONNECTIONS, singleCount, (event) =>
        appendEvents(owner, [event]),
      ),
      await timeAll(plainOf(accept(make(singleCount, 'one-plain'))), SINGLE_CONNECTIONS, singleCount, (row) =>
        insertPlain(client, [row]),
      ),
    ]
    if (round === 0) continue
    for (const [i, rate] of rates.entries()) batches[i]?.rates.push(rate)
    for (const [i, rate] of singleRates.entries()) singles[i]?.rates.push(rate)
  }
  for (const [http, inProcess, plain] of [batches, singles]) {
    if (!http || !inProcess || !plain) continue
    report(http, inProcess)
    report(inProcess, plain)
    report(plain)
  }
}

/** The server's memory while a million events pass through it, in batches and as one NDJSON body. */
async function watchMemory({ port, pid, token }: Setting, events: number): Promise<void> {
  const part = 20_000
  const readings: number[] = []
  for (let sent = 0; sent < events; sent += part) {
    const bodies = chunks(sampleEvents(part, `memory-${sent}-${randomBytes(4).toString('hex')}`), BATCH)
    await overHttp(
      port,
      token,
      bodies.map((batch) => JSON.stringify({ events: batch })),
      BATCH_CONNECTIONS,
      part,
    )
    if (sent >= events / 10) readings.push(residentMiB(pid))
  }
  printMemory(`${events.toLocaleString('en')} events in batches`, readings)

  const streamed: number[] = []
  const encoder = new TextEncoder()
  let made = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (made >= events) return controller.close()
      const lines = sampleEvents(500, `stream-${made}`).map((event) => `${JSON.stringify(event)}\n`)
      made += 500
      controller.enqueue(encoder.encode(lines.join('')))
    },
  })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' }
  const start = performance.now()
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  const response = await fetch(`http://127.0.0.1:${port}${PATH}`, init)
  let newlines = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    for (const byte of chunk) if (byte === 10) newlines++
    if (made >= events / 10) streamed.push(residentMiB(pid))
  }
  const perSecond = Math.round(newlines / ((performance.now() - start) / 1000))
  if (newlines !== events) throw new Error(`${newlines} verdicts for ${events} lines`)
  printMemory(
    `${events.toLocaleString('en')} events in one NDJSON body (${perSecond.toLocaleString('en')} events/s)`,
    streamed,
  )
}

/** The spread is the garbage collector's; whether memory grows shows in the first and the last fifth. */
function printMemory(what: string, readings: number[]): void {
  const fifth = Math.max(1, Math.floor(readings.length / 5))
  const [first, last] = [median(readings.slice(0, fifth)), median(readings.slice(-fifth))]
  const [low, high] = [Math.min(...readings), Math.max(...readings)]
  console.log(`  ${what}: server ${first} MiB at first, ${last} at last; all readings ${low} to ${high}`)
}

/** `npm run bench -- ingest [--events N] [--memory N]`: what the way in costs, beside the limit of the same machine. */
export async function benchIngest(events: number, memoryEvents: number): Promise<void> {
  const dataDir = makeDataDir()
  const server = await startSpoorServer({ dataDir: dataDir.path })
  try {
    const { databaseUrl } = JSON.parse(readFileSync(instancePaths(dataDir.path).record, 'utf8'))
    provideEnv({ DATABASE_URL: databaseUrl })
    const client = postgres(databaseUrl, { max: SINGLE_CONNECTIONS, onnotice: () => {} })
    const scope = await scopeForSystem('instance', 'CLI')
    const { secret } = await createToken(scope, { name: 'bench', scopes: ['events:write'] })
    const [tenant] = await client`select id_key from tenants where id = ${scope.tenantId}`
    const owner = { tenantId: scope.tenantId, idKey: tenant?.id_key as Buffer }
    const port = Number(new URL(server.url).port)
    const setting = { port, pid: server.pid, token: secret, owner, client }
    console.log(
      `Ingest, ${ROUNDS} interleaved rounds of ${events.toLocaleString('en')} events (singles: a third), medians:`,
    )
    await compareWays(setting, events)
    if (memoryEvents > 0) {
      await sleep(1000)
      await watchMemory(setting, memoryEvents)
    }
    const [check] = await client`select count(*)::int as n, max(seq)::int + 1 as next,
      (select next_seq::int from trail_heads where tenant_id = ${scope.tenantId}) as head
      from events where tenant_id = ${scope.tenantId} and seq < ${PLAIN_SEQ}`
    console.log(
      `  trail afterwards: ${check?.n} events, highest seq + 1 = ${check?.next}, counter ${check?.head}`,
    )
    await client.end()
    await closeDatabase()
  } finally {
    await server.end('SIGTERM')
    dataDir.remove()
  }
}
