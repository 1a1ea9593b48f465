import { Agent, request } from 'node:http'
import type postgres from 'postgres'
import { median } from '@/bench/statistics'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { httpKind } from '@/lib/delivery/destinations/http/http-kind'
import { encodeEvents } from '@/lib/delivery/frozen-batch'
import { readEvents } from '@/lib/delivery/read-events'
import { runOnce } from '@/lib/delivery/run-once'
import { createDestination } from '@/lib/forwarding/create'
import { createDestinationSchema } from '@/lib/forwarding/input'
import type { CountingReceiver } from './counting-receiver'

const ROUNDS = 3
const BATCH = 1_000
const BUDGET_MS = 3_600_000
const WANTED_PER_SECOND = 30_000
const WANTED_OF_BARE = 0.5
const WANTED_OF_ONE = 0.6

const say = (rate: number) => Math.round(rate).toLocaleString('en')
const verdict = (reached: boolean) => (reached ? 'reached' : 'missed')

export async function addDestination(scope: TenantScope, url: string): Promise<string> {
  const input = createDestinationSchema.parse({ kind: 'http', url, start: 'beginning' })
  return (await createDestination(scope, input)).id
}

/** The bodies that a destination of this trail gets, one after the other from the database. */
async function* readBodies(scope: TenantScope, url: string, events: number): AsyncGenerator<Buffer> {
  const destination = httpKind.open({ url, body: 'auto' })
  const format = destination.format(scope.tenantSlug)
  const key = { tenantId: scope.tenantId, destinationId: '00000000-0000-0000-0000-000000000000' }
  for (let from = 0; from < events; from += BATCH) {
    const range = { filter: {}, from, before: from + BATCH, maxEvents: BATCH, maxBytes: destination.maxBytes }
    const found = await inTenant(scope, (tx) => readEvents(tx, key, range))
    yield encodeEvents(httpKind, format, found, destination.maxBytes).body
  }
}

/** One keep-alive connection, one request after the other: what the same bytes cost without an engine. Seconds. */
async function postAll(url: string, bodies: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const started = performance.now()
  for await (const body of bodies)
    await new Promise<void>((done, fail) => {
      const headers = { 'content-type': 'application/json', 'content-length': body.length }
      const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
        answer.resume().once('end', done).once('error', fail)
      })
      sent.once('error', fail)
      sent.end(body)
    })
  agent.destroy()
  return (performance.now() - started) / 1000
}

/** Delivers all that waits; throws where not every byte of every batch has arrived. */
async function deliverAll(client: postgres.Sql, receiver: CountingReceiver, events: number): Promise<number> {
  await receiver.take()
  const [before] =
    await client`select coalesce(sum(bytes), 0)::float8 as bytes from delivery_batches where state = 'done'`
  const started = performance.now()
  const counts = await runOnce({ budgetMs: BUDGET_MS })
  const seconds = (performance.now() - started) / 1000
  const [after] =
    await client`select coalesce(sum(bytes), 0)::float8 as bytes from delivery_batches where state = 'done'`
  const { bytes } = await receiver.take()
  if (counts.events !== events || bytes !== after?.bytes - before?.bytes)
    throw new Error(
      `delivered ${counts.events} of ${events} events, ${bytes} bytes: ${JSON.stringify({ before, after })}`,
    )
  return events / seconds
}

/** One destination and a bare loop in turns, then a thousand destinations over the tenants. */
export async function benchRate(
  client: postgres.Sql,
  receiver: CountingReceiver,
  one: { slug: string; events: number },
  many: { slugs: readonly string[]; eventsEach: number; destinationsEach: number },
): Promise<void> {
  const scope = await scopeForSystem(one.slug, 'CLI')
  const bodies: Buffer[] = []
  for await (const body of readBodies(scope, receiver.url, one.events)) bodies.push(body)
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0)
  const rates: number[] = []
  const shares: number[] = []
  const readingShares: number[] = []
  // The first round warms both up and isn't counted.
  for (let round = 0; round <= ROUNDS; round++) {
    const bare = one.events / (await postAll(receiver.url, bodies))
    const reading = one.events / (await postAll(receiver.url, readBodies(scope, receiver.url, one.events)))
    await addDestination(scope, receiver.url)
    const rate = await deliverAll(client, receiver, one.events)
    if (round === 0) continue
    rates.push(rate)
    shares.push(rate / bare)
    readingShares.push(rate / reading)
    console.log(
      `  ${say(one.events)} events of ${Math.round(bytes / one.events)} bytes: engine ${say(rate)}/s, bare loop ${say(bare)}/s, one that reads them from the trail ${say(reading)}/s`,
    )
  }
  const [rate, share, readingShare] = [median(rates), median(shares), median(readingShares)]
  console.log(
    `  one destination: ${say(rate)} events/s, wanted ${say(WANTED_PER_SECOND)}: ${verdict(rate >= WANTED_PER_SECOND)}`,
  )
  console.log(
    `  of a bare loop: ${(share * 100).toFixed(0)} %, wanted ${WANTED_OF_BARE * 100} %: ${verdict(share >= WANTED_OF_BARE)}`,
  )
  console.log(
    `  of a loop that reads the same events and posts them, with no engine: ${(readingShare * 100).toFixed(0)} %`,
  )
  for (const slug of many.slugs) {
    const tenant = await scopeForSystem(slug, 'CLI')
    for (let i = 0; i < many.destinationsEach; i++) await addDestination(tenant, receiver.url)
  }
  const destinations = many.slugs.length * many.destinationsEach
  const all = await deliverAll(client, receiver, destinations * many.eventsEach)
  const ofOne = all / rate
  console.log(
    `  ${say(destinations)} destinations of ${many.slugs.length} tenants, ${say(many.eventsEach)} events each: ${say(all)} events/s, ` +
      `${(ofOne * 100).toFixed(0)} % of one, wanted ${WANTED_OF_ONE * 100} %: ${verdict(ofOne >= WANTED_OF_ONE)}`,
  )
}
