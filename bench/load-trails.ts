import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type postgres from 'postgres'
import { newEventId } from '@/lib/event/event-id'
import type { EventInput } from '@/lib/event/event-input'
import { copyLine, openEventCopy } from '@/lib/trail/testing/copy-events'
import { randomSource, sampleEvent } from './sample-events'

/** Sizes fall with this power of the rank: of a thousand tenants the largest then has more than a fifth of all. */
const ZIPF_EXPONENT = 1.2
/** Events of a tenant that arrive together. */
const MAX_BURST = 40
const CHUNK_BYTES = 1 << 20
const SPAN_MS = 90 * 86_400_000

export type LoadedTenant = { id: string; slug: string; events: number }

/** Values that a search must find although they are rare: put into the largest tenant's trail, evenly spread. */
export const NEEDLE = { actor: 'needle@example.com', times: 3, text: 'quartzfinch' } as const

function zipfShares(tenants: number): number[] {
  const weights = Array.from({ length: tenants }, (_, rank) => (rank + 1) ** -ZIPF_EXPONENT)
  const sum = weights.reduce((a, b) => a + b)
  return weights.map((weight) => weight / sum)
}

function withNeedles(event: EventInput, i: number, total: number): EventInput {
  const step = Math.floor(total / (NEEDLE.times + 1))
  if (i % step !== step - 1 || i > step * NEEDLE.times) return event
  const message = i === step - 1 ? `${event.message} after ${NEEDLE.text}` : event.message
  return { ...event, message, actor: { ...event.actor, login: NEEDLE.actor } }
}

/**
 * Fills a fresh database by COPY with trails of Zipf-like size, in the order of their arrival, over ninety days. Largest tenant first.
 */
export async function loadTrails(
  client: postgres.Sql,
  events: number,
  tenants: number,
): Promise<LoadedTenant[]> {
  const shares = zipfShares(tenants)
  const random = randomSource(7)
  const loaded = shares.map((share, rank) => ({
    id: newEventId(Date.now()),
    slug: `bench-${rank}`,
    planned: Math.max(1, Math.round(share * events)),
    events: 0,
  }))
  await client`insert into tenants ${client(loaded.map(({ id, slug }) => ({ id, slug, name: slug, id_key: randomBytes(32) })))}`
  const sink = await openEventCopy(client)
  const total = loaded.reduce((sum, { planned }) => sum + planned, 0)
  const begin = Date.now() - SPAN_MS
  const open = [...loaded]
  let made = 0
  let chunk: string[] = []
  let bytes = 0
  const cumulative = shares.map(
    (
      (sum) => (share: number) =>
        (sum += share)
    )(0),
  )
  while (made < total) {
    const at = random()
    let low = 0
    let high = cumulative.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((cumulative[middle] as number) < at) low = middle + 1
      else high = middle
    }
    let tenant = loaded[low] as (typeof loaded)[number]
    if (tenant.events >= tenant.planned) {
      while (
        open.length > 1 &&
        (open.at(-1) as typeof tenant).events >= (open.at(-1) as typeof tenant).planned
      )
        open.pop()
      tenant = open.at(-1) as typeof tenant
    }
    const burst = Math.min(1 + Math.floor(random() * MAX_BURST), tenant.planned - tenant.events)
    for (let k = 0; k < burst; k++) {
      const now = begin + Math.floor((made / total) * SPAN_MS)
      const i = tenant.events++
      const event = sampleEvent(random, { i, run: tenant.slug, at: now - Math.floor(random() * 2000) })
      const line = copyLine(
        tenant.id,
        i,
        tenant === loaded[0] ? withNeedles(event, i, tenant.planned) : event,
        now,
      )
      chunk.push(line)
      bytes += line.length
      made++
    }
    if (bytes < CHUNK_BYTES) continue
    if (!sink.write(chunk.join(''))) await once(sink, 'drain')
    chunk = []
    bytes = 0
  }
  await new Promise<void>((resolve, reject) => {
    sink.once('finish', resolve).once('error', reject)
    sink.end(chunk.join(''))
  })
  await client`insert into trail_heads ${client(loaded.map(({ id, events: count }) => ({ tenant_id: id, next_seq: count })))}`
  await client.unsafe('vacuum (analyze) events')
  return loaded.map(({ id, slug, events: count }) => ({ id, slug, events: count }))
}
