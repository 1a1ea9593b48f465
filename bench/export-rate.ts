import { once } from 'node:events'
import type postgres from 'postgres'
import { startSpoorServer } from '@/e2e/fixtures/spoor-server'
import type { TenantScope } from '@/lib/access/scope'
import { exportEvents } from '@/lib/trail/export/export-events'
import { exportSchema } from '@/lib/trail/export/input'
import type { LoadedTenant } from './load-trails'
import { median } from './statistics'

const ROUNDS = 3

async function drain(stream: AsyncIterable<Uint8Array>): Promise<number> {
  let newlines = 0
  for await (const chunk of stream) for (const byte of chunk) if (byte === 10) newlines++
  return newlines
}

/**
 * The limit of the same machine: PostgreSQL writes the rows as text, and the driver reads them. Read as it flows,
 * because the driver's COPY stream does not go on after a pause.
 */
async function copyOut(client: postgres.Sql, tenantId: string): Promise<number> {
  const statement = `copy (select * from events where tenant_id = '${tenantId}' order by seq) to stdout`
  const stream = await client.unsafe(statement).readable()
  let newlines = 0
  stream.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) newlines++
  })
  await once(stream, 'end')
  return newlines
}

/** NDJSON of a whole trail in this process beside COPY of the same rows, interleaved. */
export async function benchExport(
  client: postgres.Sql,
  scope: TenantScope,
  tenant: LoadedTenant,
): Promise<void> {
  const rates: Record<'copy' | 'ndjson' | 'csv', number[]> = { copy: [], ndjson: [], csv: [] }
  const time = async (name: keyof typeof rates, run: () => Promise<number>) => {
    const start = performance.now()
    const events = await run()
    if (events < tenant.events) throw new Error(`${name} gave ${events} of ${tenant.events} events`)
    rates[name].push(events / ((performance.now() - start) / 1000))
  }
  const exportAs = async (format: string) => {
    const { body } = await exportEvents(scope, {}, exportSchema.parse({ format }))
    return drain(body as unknown as AsyncIterable<Uint8Array>)
  }
  for (let round = 0; round < ROUNDS; round++) {
    await time('copy', () => copyOut(client, tenant.id))
    await time('ndjson', () => exportAs('ndjson'))
    if (round === 0) await time('csv', () => exportAs('csv'))
  }
  const rate = (name: keyof typeof rates) => Math.round(median(rates[name])).toLocaleString('en')
  const share = median(rates.ndjson.map((ndjson, i) => ndjson / (rates.copy[i] as number)))
  console.log(
    `\nexport of all ${tenant.events.toLocaleString('en')} events of ${tenant.slug}, medians of ${ROUNDS}`,
  )
  console.log(
    `  COPY … TO STDOUT ${rate('copy')} events/s, NDJSON ${rate('ndjson')} events/s (${(share * 100).toFixed(0)} %), CSV ${rate('csv')} events/s`,
  )
}

/** The same over HTTP, as a client with a token gets it. */
export async function benchExportOverHttp(
  dataDir: string,
  token: string,
  tenant: LoadedTenant,
): Promise<void> {
  const server = await startSpoorServer({ dataDir })
  try {
    const start = performance.now()
    const url = `${server.url}/api/v1/events/export?format=ndjson`
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' },
    })
    if (response.status !== 200)
      throw new Error(`The export answered ${response.status}: ${await response.text()}`)
    const events = await drain(response.body as unknown as AsyncIterable<Uint8Array>)
    const perSecond = events / ((performance.now() - start) / 1000)
    console.log(
      `  NDJSON over HTTP ${Math.round(perSecond).toLocaleString('en')} events/s (${events.toLocaleString('en')} of ${tenant.slug})`,
    )
  } finally {
    await server.end('SIGTERM')
  }
}
