import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type postgres from 'postgres'
import { randomSource, sampleEvent } from '@/bench/sample-events'
import { newEventId } from '@/lib/event/event-id'
import { copyLine, openEventCopy } from '@/lib/trail/testing/copy-events'

const CHUNK = 1_000

/** So many trails of the same length, one after the other by COPY. Gives the names of their workspaces. */
export async function loadEqualTrails(
  client: postgres.Sql,
  prefix: string,
  tenants: number,
  eventsEach: number,
): Promise<string[]> {
  const rows = Array.from({ length: tenants }, (_, i) => ({
    id: newEventId(Date.now()),
    slug: `${prefix}-${i}`,
  }))
  await client`insert into tenants ${client(rows.map(({ id, slug }) => ({ id, slug, name: slug, id_key: randomBytes(32) })))}`
  const sink = await openEventCopy(client)
  const random = randomSource(13)
  const begin = Date.now() - eventsEach
  for (const { id, slug } of rows) {
    for (let start = 0; start < eventsEach; start += CHUNK) {
      const lines = Array.from({ length: Math.min(CHUNK, eventsEach - start) }, (_, k) => {
        const [i, at] = [start + k, begin + start + k]
        return copyLine(id, i, sampleEvent(random, { i, run: slug, at }), at)
      })
      if (!sink.write(lines.join(''))) await once(sink, 'drain')
    }
  }
  sink.end()
  await once(sink, 'finish')
  await client`insert into trail_heads ${client(rows.map(({ id }) => ({ tenant_id: id, next_seq: eventsEach })))}`
  await client.unsafe('vacuum (analyze) events')
  return rows.map(({ slug }) => slug)
}
