import { type SQL, sql } from 'drizzle-orm'
import type { StreamKey } from './matching-events'
import { readableHeads } from './readable-heads'

export type HourCounts = {
  sentBatches: number
  sentEvents: number
  failedAttempts: number
  deadEvents: number
}

/** For a statement with `held`: adds to the counts of the running hour, and notes how far behind the stream is. */
export function countHour({ tenantId, destinationId }: StreamKey, counts: HourCounts): SQL {
  const { sentBatches, sentEvents, failedAttempts, deadEvents } = counts
  return sql`insert into delivery_hours as t (tenant_id, destination_id, hour, sent_batches, sent_events, failed_attempts,
      dead_events, behind)
    select ${tenantId}::uuid, ${destinationId}::uuid, date_trunc('hour', now()), ${sentBatches}::int, ${sentEvents}::bigint,
      ${failedAttempts}::int, ${deadEvents}::int, greatest(0, h.readable - held."nextSeq")
    from held, ${readableHeads} h where h.tenant_id = ${tenantId}::uuid
    on conflict (tenant_id, destination_id, hour) do update set sent_batches = t.sent_batches + excluded.sent_batches,
      sent_events = t.sent_events + excluded.sent_events, failed_attempts = t.failed_attempts + excluded.failed_attempts,
      dead_events = t.dead_events + excluded.dead_events, behind = excluded.behind`
}
