import { type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { deleteRows } from './delete-rows'

/** Attempts are kept for so long, and the newest of them, but never fewer than an hour's: a busy stream makes more. */
const ATTEMPT_DAYS = 30
const MAX_ATTEMPTS = 10_000
/** What receivers said may repeat what they were sent, so it goes with the attempts. */
const ANSWER_DAYS = 30
const BATCH_DAYS = 90
const REPLAY_DAYS = 90
/** A year, and the same month of the year before to compare it with. */
const HOUR_DAYS = 400
const DIGEST_DAYS = 400
const ALARM_DAYS = 90
/** What is numbered later may have been received a little earlier. */
const CROSSED_MINUTES = 10

const ago = (days: number) => sql`(now() - make_interval(days => ${days}))`

/** What is old, by table. The rows are called `r`. Policies of the database allow to delete just this. */
function oldRows({ tenantId, destinationId }: StreamKey): Record<string, SQL> {
  const isOfSame = sql`n.tenant_id = ${tenantId} and n.destination_id = ${destinationId}`
  const isDigested = sql`r.settled_at < (select max(n.until) from delivery_digests n where ${isOfSame})`
  return {
    delivery_attempts: sql`r.at < greatest(${ago(ATTEMPT_DAYS)}, (
      select least(n.at, now() - interval '1 hour') from delivery_attempts n
      where ${isOfSame} order by n.at desc offset ${MAX_ATTEMPTS - 1} limit 1))`,
    // Of objects the last one stays: the next one names it as the one before. So do those that no digest names yet.
    delivery_batches: sql`r.state not in ('planned', 'awaiting_ack') and r.settled_at < ${ago(BATCH_DAYS)}
      and (r.object_key is null or (${isDigested} and exists (
        select from delivery_batches n where ${isOfSame} and n.settled_at > r.settled_at
          and n.state = 'done' and n.object_key is not null and n.replay_id is not distinct from r.replay_id)))`,
    delivery_replays: sql`r.state <> 'running' and r.finished_at < ${ago(REPLAY_DAYS)}`,
    delivery_hours: sql`r.hour < ${ago(HOUR_DAYS)}`,
    delivery_digests: sql`r.stored_at < ${ago(DIGEST_DAYS)}
      and r.number < (select max(n.number) from delivery_digests n where ${isOfSame})`,
    // By the time of the stream's next event, which may have waited for long: a rule goes by when events came.
    rule_windows: sql`r.expires_at < coalesce((
      select e.received_at from delivery_streams n join events e on e.tenant_id = n.tenant_id and e.seq = n.next_seq
      where ${isOfSame}), now()) - make_interval(mins => ${CROSSED_MINUTES})`,
    rule_alarms: sql`r.at < ${ago(ALARM_DAYS)}`,
  }
}

/**
 * Deletes history of a destination whose time has passed, a chunk of each table at most, and forgets what receivers
 * said long ago. `isDone` if nothing is left to do.
 */
export async function pruneDestination(key: StreamKey): Promise<{ rows: number; isDone: boolean }> {
  let rows = 0
  let isDone = true
  for (const [table, isOld] of Object.entries(oldRows(key))) {
    const deleted = await deleteRows(database('deliver'), key, table, isOld)
    rows += deleted.rows
    isDone &&= deleted.isDone
  }
  await forgetAnswers(key)
  return { rows, isDone }
}

async function forgetAnswers({ tenantId, destinationId }: StreamKey): Promise<void> {
  const db = database('deliver')
  await db.execute(sql`
    update delivery_dead set answer = null where tenant_id = ${tenantId} and destination_id = ${destinationId}
      and answer is not null and at < ${ago(ANSWER_DAYS)}`)
  await db.execute(sql`
    update delivery_streams set last_answer = null
    where tenant_id = ${tenantId} and destination_id = ${destinationId} and last_answer is not null
      and greatest(sent_at, failed_at) < ${ago(ANSWER_DAYS)}`)
}
