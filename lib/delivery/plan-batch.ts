import { type SQL, sql } from 'drizzle-orm'
import type { FrozenBatch } from './frozen-batch'
import type { LeasedStream } from './lease-stream'
import type { StreamKey } from './matching-events'
import { runHeld, whileHeld } from './update-leased'

export type PlannedStream = LeasedStream & {
  /** The very same batch was planned once before, and sent: a person moved the stream back, or took an edit back. */
  mayHaveArrived: boolean
}

/**
 * Writes a batch down before anything of it is sent. Undefined: the lease was lost. A stream that was paused
 * meanwhile comes back without a lease, and without the batch.
 */
export async function planBatch(
  stream: LeasedStream,
  batch: FrozenBatch,
): Promise<PlannedStream | undefined> {
  return runHeld(
    stream,
    sql`${whileHeld(stream, {}, { keepLease: true })},
      planned as (${insertBatch(stream, batch)}) select held.*, ${mayHaveArrived} from held`,
  )
}

/** For a statement with `planned`. */
export const mayHaveArrived = sql.raw(
  `exists (select from planned where planned.may_have_arrived) as "mayHaveArrived"`,
)

/**
 * For a statement with `held`, and what it `follows` in it. The same batch may be planned again after an edit was
 * taken back: its row opens again, with what it is now, which covers perhaps more of what the filter leaves out.
 */
export function insertBatch(
  { tenantId, destinationId }: StreamKey,
  batch: FrozenBatch,
  follows: SQL = sql``,
): SQL {
  return sql`insert into delivery_batches (tenant_id, destination_id, idempotency_key, first_seq, last_seq,
      filter_version, format_version, format, masking, match_generation, checkpoint, events, bytes, sha256, replay_id,
      object_key, previous_key, previous_sha256)
    select ${tenantId}::uuid, ${destinationId}::uuid, ${batch.idempotencyKey}::text, ${batch.firstSeq}::bigint,
      ${batch.lastSeq}::bigint, ${batch.filterVersion}::int, ${batch.formatVersion}::int,
      ${JSON.stringify(batch.format)}::text::jsonb, ${JSON.stringify(batch.masking)}::text::jsonb,
      ${batch.matchGeneration}::bigint, ${batch.checkpoint}::text,
      ${batch.events}::int, ${batch.body.length}::int, ${batch.sha256}::bytea, ${batch.replayId}::uuid,
      ${batch.objectKey}::text, ${batch.previousKey}::text, ${batch.previousSha256}::bytea
    from held ${follows} where held.state = 'active'
    on conflict (tenant_id, destination_id, idempotency_key)
      do update set state = 'planned', settled_at = null, ack_id = null, ack_deadline = null, last_seq = excluded.last_seq,
        filter_version = excluded.filter_version, format_version = excluded.format_version, format = excluded.format,
        masking = excluded.masking, match_generation = excluded.match_generation, checkpoint = excluded.checkpoint, object_key = excluded.object_key,
        previous_key = excluded.previous_key, previous_sha256 = excluded.previous_sha256
    returning delivery_batches.may_have_arrived`
}
