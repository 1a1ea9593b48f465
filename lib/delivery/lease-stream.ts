import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import type { StreamKey } from './matching-events'

/** The longest send: connection to last byte of the answer. */
export const SEND_TIMEOUT_MS = 30_000
/** Three times the longest send, so that only a frozen process can outlive its lease. */
export const LEASE_SECONDS = (3 * SEND_TIMEOUT_MS) / 1000

/** A stream that is ours until its lease ends: whoever holds `leaseToken` may settle, nobody else. */
export type LeasedStream = StreamKey & {
  leaseToken: string
  /** May change while we hold the lease: a person pauses, and the turn ends after its batch. */
  state: string
  nextSeq: number
  batchLimit: number
  consecutiveFailures: number
  deadRun: number
  kind: string
  config: unknown
  secretEnc: Uint8Array | null
  tenantSlug: string
}

/** Takes a due stream, or undefined if another runner was first. Compare-and-set; the token comes from us. */
export async function leaseStream({ tenantId, destinationId }: StreamKey): Promise<LeasedStream | undefined> {
  const leaseToken = randomUUID()
  const [row] = await database('deliver').execute<Omit<LeasedStream, keyof StreamKey | 'leaseToken'>>(sql`
    update delivery_streams s set lease_token = ${leaseToken}, lease_until = now() + ${LEASE_SECONDS} * interval '1 s'
    from destinations d join tenants t on t.id = d.tenant_id
    where s.tenant_id = ${tenantId} and s.destination_id = ${destinationId}
      and d.tenant_id = ${tenantId} and d.id = ${destinationId} and d.removed_at is null
      and s.state = 'active' and s.due_at <= now() and (s.lease_until is null or s.lease_until < now())
    returning s.state, s.next_seq as "nextSeq", s.batch_limit as "batchLimit", s.dead_run as "deadRun",
      s.consecutive_failures as "consecutiveFailures", d.kind, d.config, d.secret_enc as "secretEnc",
      t.slug as "tenantSlug"`)
  return row && { tenantId, destinationId, leaseToken, ...row }
}
