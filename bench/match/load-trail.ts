import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type postgres from 'postgres'
import { randomSource, sampleEvent } from '@/bench/sample-events'
import { newEventId } from '@/lib/event/event-id'
import type { EventInput } from '@/lib/event/event-input'
import { copyLine, openEventCopy } from '@/lib/trail/testing/copy-events'
import { loginOf, REPOSITORY } from './ledger'

export type Law = 'zipf' | 'uniform' | 'distinct'

/** How often accounts occur: by a Zipf-like law, all alike, or each once. */
function accountOf(law: Law, accounts: number, i: number, random: () => number): number {
  if (law === 'distinct') return i
  return law === 'zipf' ? Math.floor(accounts ** random()) - 1 : Math.floor(random() * accounts)
}

const CHUNK_BYTES = 1 << 20
/** Of a group, every so many events. */
const GROUP_EVERY = 10

export async function makeTenant(client: postgres.Sql, slug: string): Promise<string> {
  const id = newEventId(Date.now())
  await client`insert into tenants ${client({ id, slug, name: slug, id_key: randomBytes(32) })}`
  await client`insert into trail_heads (tenant_id) values (${id})`
  return id
}

export type TrailOptions = { law: Law; accounts: number; from: number; events: number }

/** Events as applications send them, with accounts of the ledger as actors, by COPY. */
export async function loadTrail(
  client: postgres.Sql,
  tenantId: string,
  { law, accounts, from, events }: TrailOptions,
): Promise<void> {
  const random = randomSource(from + 1)
  const sink = await openEventCopy(client)
  const now = Date.now()
  let chunk: string[] = []
  let bytes = 0
  for (let i = from; i < from + events; i++) {
    const sample = sampleEvent(random, { i, run: 'match', at: now - 1000 })
    const login = loginOf(accountOf(law, accounts, i, random))
    const group = { type: 'group', name: `group${Math.floor(random() * 1000)}`, parent: REPOSITORY }
    const event: EventInput = {
      ...sample,
      actor: { ...sample.actor, id: undefined, login, repository: REPOSITORY },
      ...(i % GROUP_EVERY === 0 && { targets: [group] }),
    }
    const line = copyLine(tenantId, i, event, now)
    chunk.push(line)
    bytes += line.length
    if (bytes < CHUNK_BYTES) continue
    if (!sink.write(chunk.join(''))) await once(sink, 'drain')
    chunk = []
    bytes = 0
  }
  await new Promise<void>((resolve, reject) => {
    sink.once('finish', resolve).once('error', reject)
    sink.end(chunk.join(''))
  })
  await client`update trail_heads set next_seq = ${from + events} where tenant_id = ${tenantId}`
}
