import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { deliveryStreams } from '@/db/schema/delivery'
import { readableHeads } from '@/lib/delivery/readable-heads'
import { nextTimeOfRow } from '@/lib/delivery/schedule'

/** Rolled by one statement: a fifth of a second on a busy machine, so that nobody waits long for a row. */
const CHUNK = 1_000

/** What came right before the time is sealed by then, and is told at it. */
const GRACE = sql.raw(`interval '5 s'`)

const isIdle = sql`state = 'active' and every_seconds is not null and flush_events is null and due_at <= now() - ${GRACE}
  and running_replays = 0 and (lease_until is null or lease_until < now())`

/** What was received before its time, and not sealed by then, is still told at it. */
const isLate = sql`exists (select from events e where e.tenant_id = delivery_streams.tenant_id
  and e.seq = delivery_streams.next_seq and e.received_at <= delivery_streams.due_at)`

/**
 * Sets people's channels whose time came while there was nothing to tell to their next time, so that what comes later
 * waits for it. A stream that is being served, or has something before it, is left to its turn. Gives their number.
 */
export async function rollSchedules(isOver: () => boolean): Promise<number> {
  let rolled = 0
  for (let found = CHUNK; found === CHUNK && !isOver(); rolled += found) {
    const rows = await database('deliver').execute(sql`
      update ${deliveryStreams} set due_at = ${nextTimeOfRow}
      where (tenant_id, destination_id) in (
        select tenant_id, destination_id from delivery_streams left join ${readableHeads} h using (tenant_id)
        where ${isIdle} and next_seq >= coalesce(h.readable, 0) and not ${isLate} order by due_at limit ${CHUNK}::int
        for no key update of delivery_streams skip locked
      )
      returning 1`)
    found = rows.length
  }
  return rolled
}
