import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import type { SpoorServer } from '@/e2e/fixtures/spoor-server'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { createToken } from '@/lib/tokens/create'
import { startSealerProcess } from '@/scripts/sealer-process'
import { postRequest, sendAll } from './http-load'
import { sampleEvents } from './sample-events'
import { median } from './statistics'

const ROUNDS = 5
const EVENTS = 40_000
const BATCH = 100
const CONNECTIONS = 8
const WANTED_SHARE = 0.85
const PATH = '/api/v1/events'

async function ingest(port: number, token: string): Promise<number> {
  const events = sampleEvents(EVENTS, randomBytes(6).toString('hex'))
  const requests = Array.from({ length: EVENTS / BATCH }, (_, i) =>
    postRequest(PATH, token, JSON.stringify({ events: events.slice(i * BATCH, (i + 1) * BATCH) })),
  )
  const { seconds, statuses } = await sendAll(port, requests, CONNECTIONS)
  if (statuses.get(201) !== requests.length)
    throw new Error(`not all created: ${JSON.stringify([...statuses])}`)
  return EVENTS / seconds
}

async function untilSealed(client: postgres.Sql): Promise<void> {
  for (;;) {
    const [behind] = await client`
      select count(*)::int as n from trail_heads t left join log_heads h using (tenant_id)
      where h.tenant_id is null or h.size < t.next_seq`
    if (behind?.n === 0) return
    await sleep(50)
  }
}

/** The same batches over HTTP with the sealer's process stopped and running, in turns. */
export async function compareIngestion(server: SpoorServer, client: postgres.Sql): Promise<void> {
  const scope = await scopeForSystem('instance', 'CLI')
  const { secret } = await createToken(scope, { name: 'bench', scopes: ['events:write'] })
  const port = Number(new URL(server.url).port)
  const [off, on]: [number[], number[]] = [[], []]
  // The first round warms both up and isn't counted.
  for (let round = 0; round <= ROUNDS; round++) {
    const without = await ingest(port, secret)
    const sealer = startSealerProcess()
    await untilSealed(client)
    const withSealer = await ingest(port, secret)
    await untilSealed(client)
    await sealer.stop()
    if (round === 0) continue
    off.push(without)
    on.push(withSealer)
  }
  const share = median(on.map((rate, i) => rate / (off[i] ?? 1)))
  console.log(
    `Ingestion, ${ROUNDS} interleaved rounds of ${EVENTS.toLocaleString('en')} events in batches of ${BATCH}: ` +
      `${Math.round(median(off)).toLocaleString('en')}/s unsealed, ${Math.round(median(on)).toLocaleString('en')}/s sealed: ` +
      `${(share * 100).toFixed(0)} %, wanted ${WANTED_SHARE * 100} %: ${share >= WANTED_SHARE ? 'reached' : 'missed'}`,
  )
}
