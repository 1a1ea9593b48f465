import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EventInput } from '@/lib/event/event-input'
import { thisTenant } from '@/lib/ledger/this-tenant'

/** Bodies of one statement, unless a single one is larger. */
const MAX_BYTES = 8 * 1024 * 1024

export type NamedEvent = { seq: number; origin: string; body: Pick<EventInput, 'actor' | 'targets'> }
export type ReadEvents = { events: NamedEvent[]; next: number }

/** All bodies as one JSON text: half as dear as a row each. */
const AS_TEXT = sql`'[' || string_agg(body, ',') || ']' as bodies, json_agg(origin) as origins,
  json_agg(seq) as seqs`

/** The events of [from, to), or the first of them where they are large; `next` is where to go on. */
export async function readNamedEvents(
  tx: Transaction,
  tenantId: string,
  from: number,
  to: number,
): Promise<ReadEvents> {
  const isMeant = sql`tenant_id = ${thisTenant(tenantId)} and seq >= ${from} and seq < ${to}`
  const [size] = await tx.execute<{ bytes: number | null }>(
    sql`select sum(octet_length(body))::float8 as bytes from events where ${isMeant}`,
  )
  // Only what is large is measured one by one, which costs more than reading it.
  const isLarge = (size?.bytes ?? 0) > MAX_BYTES
  return parse(tx, isLarge ? firstOf(isMeant) : sql`select ${AS_TEXT} from events where ${isMeant}`, to)
}

const firstOf = (isMeant: SQL): SQL => sql`
  select ${AS_TEXT} from (
    select seq, origin, body, sum(octet_length(body)) over (order by seq) - octet_length(body) as before
    from events where ${isMeant}
  ) e where before < ${MAX_BYTES}`

type Row = { bodies: string | null; origins: string[]; seqs: number[] }

async function parse(tx: Transaction, statement: SQL, to: number): Promise<ReadEvents> {
  const [row] = await tx.execute<Row>(statement)
  // Events below `to` are committed: what is missing was dropped, and never comes.
  if (!row?.bodies) return { events: [], next: to }
  const bodies = JSON.parse(row.bodies) as NamedEvent['body'][]
  const events = bodies.map((body, i) => ({
    seq: row.seqs[i] as number,
    origin: row.origins[i] as string,
    body,
  }))
  events.sort((x, y) => x.seq - y.seq)
  return { events, next: (events.at(-1) as NamedEvent).seq + 1 }
}
