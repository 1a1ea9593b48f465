import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { StreamKey } from './matching-events'
import type { Outcome } from './outcome'

/** A batch, or the part of it that one line of the attempts tells of. */
export type TriedPart = {
  /** Null, with its range, where we failed before there was a batch. */
  idempotencyKey: string | null
  firstSeq: number | null
  lastSeq: number | null
  events: number
  /** The ruling; what it means stands in the schema. */
  outcome: string
}

/** For a statement with `held`: one line of the attempts. Without `held` the try was superseded and counts nowhere. */
export function insertAttempts(
  { tenantId, destinationId }: StreamKey,
  parts: readonly TriedPart[],
  trigger: 'auto' | 'replay',
  told: Outcome,
  delayMs: number | undefined,
): SQL {
  const { request = null, status = null, ms, message, answer = null } = told
  const rows = parts.map(
    ({
      idempotencyKey,
      firstSeq,
      lastSeq,
      events,
      outcome,
    }) => sql`(${randomUUID()}::uuid, ${idempotencyKey}::text,
      ${firstSeq}::bigint, ${lastSeq}::bigint, ${events}::int, ${outcome}::text)`,
  )
  return sql`insert into delivery_attempts (tenant_id, destination_id, id, trigger, idempotency_key, first_seq, last_seq,
      events, outcome, request, status, ms, message, answer, retry_at)
    select ${tenantId}::uuid, ${destinationId}::uuid, part.id, ${trigger}::text, part.key, part.first, part.last, part.events,
      case when exists (select from held) then part.outcome else 'superseded' end, ${request}::text, ${status}::smallint,
      ${ms}::int, ${message}::text, ${answer}::text, now() + ${delayMs ?? null}::float8 * interval '1 ms'
    from (values ${sql.join(rows, sql`, `)}) as part (id, key, first, last, events, outcome)`
}
