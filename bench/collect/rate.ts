import { randomBytes } from 'node:crypto'
import type postgres from 'postgres'
import { median } from '@/bench/statistics'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { receiveFile } from '@/lib/collection/files/receive'
import { compileLine } from '@/lib/collection/lines/compile-line'
import { readRows } from '@/lib/collection/reading/read-rows'
import { collectRun } from '@/lib/collection/runs/collect-run'
import { getRun } from '@/lib/collection/runs/get'
import { requestRun } from '@/lib/collection/runs/request'
import { acceptCollected } from '@/lib/collection/target/accept-collected'
import type { AcceptedEvent } from '@/lib/event/accept-event'
import { newEventId } from '@/lib/event/event-id'
import { append } from '@/lib/trail/append'
import { toEventRow } from '@/lib/trail/event-row'
import { addWindowsSilo, SILO } from './add-windows-silo'
import { WINDOWS_COLUMNS, windowsFile } from './windows-rows'

const ROUNDS = 5
/** Some two seconds a way and round, and not as many as a trail may have unsealed. */
const ROWS = 30_000
/** As `npm run bench -- ingest` appends. */
const BATCH = 100
const CONNECTIONS = 8
const WANTED_PER_SECOND = 15_000
const WANTED_OF_APPEND = 0.5

const say = (rate: number) => Math.round(rate).toLocaleString('en')
const verdict = (reached: boolean) => (reached ? 'reached' : 'missed')

async function* pieces(rows: number, first: number) {
  yield* windowsFile(rows, first)
}

/** A workspace of its own, so that no trail gets so long that it must wait for a sealer. */
async function addTenant(client: postgres.Sql, slug: string): Promise<TenantScope> {
  const id = newEventId(Date.now())
  await client`insert into tenants ${client({ id, slug, name: slug, id_key: randomBytes(32) })}`
  await client`insert into trail_heads ${client({ tenant_id: id, next_seq: 0 })}`
  return scopeForSystem(slug, 'CLI')
}

/** Seconds in which a run collects a file that is there: bytes from the database to events in the trail. */
async function collect(scope: TenantScope, first: number): Promise<number> {
  await receiveFile(scope, { silo: SILO, name: `${first}.csv`, bytes: pieces(ROWS, first) })
  const { id } = await requestRun(scope, { silo: SILO, kind: 'files' })
  const started = performance.now()
  await collectRun(scope, id)
  const seconds = (performance.now() - started) / 1000
  const run = await getRun(scope, { id })
  if (run.state !== 'finished' || run.collected !== ROWS)
    throw new Error(`not all collected: ${JSON.stringify(run)}`)
  return seconds
}

/** The same events, ready to be appended. */
async function acceptAll(scope: TenantScope, lineId: string, first: number): Promise<AcceptedEvent[]> {
  const line = await compileLine(scope, lineId)
  const columns = WINDOWS_COLUMNS
  const process = line.open(columns)
  const accepted: AcceptedEvent[] = []
  const reading = {
    encoding: 'utf-8',
    bomBytes: 0,
    delimiter: ';',
    quote: '"',
    header: 'first',
    lineEnd: 'lf',
  } as const
  const input = { reading, columns, from: { byte: 0, line: 0 }, maxRows: 1000, maxBytes: 1 << 20 }
  for await (const { rows } of readRows(pieces(ROWS, first), input))
    for (const outcome of process(rows)) {
      if (outcome.kind !== 'event') throw new Error(`a row became ${JSON.stringify(outcome)}`)
      accepted.push(acceptCollected(outcome.event))
    }
  line.close()
  return accepted
}

/** Seconds in which they are appended in another trail, as the API's events are. */
async function appendAll(client: postgres.Sql, scope: TenantScope, events: AcceptedEvent[]): Promise<number> {
  const [tenant] = await client`select id_key from tenants where id = ${scope.tenantId}`
  const owner = { tenantId: scope.tenantId, idKey: tenant?.id_key as Buffer }
  let next = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let start = next; start < events.length; start = next) {
        next += BATCH
        const receivedAt = new Date().toISOString()
        const rows = events
          .slice(start, start + BATCH)
          .map((event) => toEventRow(owner, event, 'bench', receivedAt))
        await append(rows)
      }
    }),
  )
  return (performance.now() - started) / 1000
}

/** A run of a silo, and `append` of the very same events, in turns. */
export async function benchCollectRate(client: postgres.Sql): Promise<void> {
  const rates: number[] = []
  const shares: number[] = []
  // The first round warms both up and isn't counted.
  for (let round = 0; round <= ROUNDS; round++) {
    const collected = await addTenant(client, `collect-${round}`)
    const appended = await addTenant(client, `append-${round}`)
    const lineId = await addWindowsSilo(collected)
    const first = round * ROWS
    const seconds = await collect(collected, first)
    const events = await acceptAll(collected, lineId, first)
    const appendSeconds = await appendAll(client, appended, events)
    if (round === 0) continue
    rates.push(ROWS / seconds)
    shares.push(appendSeconds / seconds)
    console.log(
      `  round ${round}: collected ${say(ROWS / seconds)} rows/s, append of the same events ${say(ROWS / appendSeconds)}/s`,
    )
  }
  const [rate, share] = [median(rates), median(shares)]
  console.log(
    `  collected: ${say(rate)} rows/s, wanted ${say(WANTED_PER_SECOND)}: ${verdict(rate >= WANTED_PER_SECOND)}`,
  )
  console.log(
    `  of append in process: ${(share * 100).toFixed(0)} %, wanted ${WANTED_OF_APPEND * 100} %: ${verdict(share >= WANTED_OF_APPEND)}`,
  )
}
