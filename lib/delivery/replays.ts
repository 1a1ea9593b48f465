import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { executePrepared } from '@/db/execute-prepared'
import { type Lane, type Replay, readAwaiting } from './lane'
import type { LeasedStream, MovingColumns } from './lease-stream'
import type { StreamKey } from './matching-events'
import { moveReplay } from './settle'
import { runHeld, whileHeld } from './update-leased'

/** The replay of a stream that was asked for first and is still running, as a lane. */
export async function readReplay({
  tenantId,
  destinationId,
}: StreamKey): Promise<{ lane: Lane; hasPlanned: boolean } | undefined> {
  const [row] = await executePrepared<Replay & { nextSeq: number; hasPlanned: boolean }>(
    'deliver',
    sql`select r.id, r.to_seq as "toSeq", r.only_dead as "onlyDead", r.next_seq as "nextSeq", exists (
      select from delivery_batches b where b.tenant_id = r.tenant_id and b.destination_id = r.destination_id
        and b.state = 'planned' and b.replay_id = r.id) as "hasPlanned"
    from delivery_replays r
    where r.tenant_id = ${tenantId}::uuid and r.destination_id = ${destinationId}::uuid and r.state = 'running'
    order by r.created_at, r.id limit 1`,
  )
  if (!row) return undefined
  const { nextSeq, hasPlanned, ...replay } = row
  const awaiting = await readAwaiting({ tenantId, destinationId }, replay)
  return { lane: { replay, nextSeq, awaiting }, hasPlanned }
}

/** Moves a replay to `nextSeq` where nothing had to be sent. Undefined: the lease was lost. */
export function moveReplayTo(
  stream: LeasedStream,
  { replay }: Lane,
  nextSeq: number,
): Promise<LeasedStream | undefined> {
  const moved = moveReplay(stream, replay?.id ?? '', nextSeq, 0)
  return runHeld(
    stream,
    sql`${whileHeld(stream, {}, { keepLease: true })}, moved as (${moved}) select * from held`,
  )
}

/**
 * Ends a replay that has come to its end, if one is given. Running ones are counted anew under the stream's lock, since a person may
 * cancel or ask for one right now: who does locks first the stream, then the replay. Undefined: the lease was lost.
 */
export async function finishReplay(
  stream: LeasedStream,
  replay: Replay | null,
): Promise<LeasedStream | undefined> {
  const { tenantId, destinationId } = stream
  return database('deliver').transaction(async (tx) => {
    const [held] = await tx.execute<MovingColumns>(
      sql`${whileHeld(stream, {}, { keepLease: true })} select * from held`,
    )
    if (!held) return undefined
    await tx.execute(sql`
      update delivery_replays set state = 'done', finished_at = now()
      where tenant_id = ${tenantId} and destination_id = ${destinationId} and id = ${replay?.id ?? null}::uuid and state = 'running'`)
    const [row] = await tx.execute<{ runningReplays: number }>(sql`
      update delivery_streams set running_replays = (select count(*) from delivery_replays r
        where r.tenant_id = ${tenantId} and r.destination_id = ${destinationId} and r.state = 'running')
      where tenant_id = ${tenantId} and destination_id = ${destinationId} returning running_replays as "runningReplays"`)
    return { ...stream, ...held, ...row }
  })
}
