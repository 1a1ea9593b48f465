import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { executePrepared } from '@/db/execute-prepared'
import type { SealedSecrets } from './destination-secrets'
import type { Settings } from './destinations/contract'
import {
  type Horizon,
  type HorizonRow,
  horizonColumns,
  joinMatching,
  toHorizon,
  versionsFrom,
} from './horizon'
import type { StreamKey } from './matching-events'
import { readableHeads } from './readable-heads'
import { hasEnough } from './schedule'

/** The longest send: connection to last byte of the answer. */
export const SEND_TIMEOUT_MS = 30_000
/** Three times the longest send, so that only a frozen process can outlive its lease. */
export const LEASE_SECONDS = (3 * SEND_TIMEOUT_MS) / 1000
/** Failures are weighed over so long a time. */
const WINDOW_MINUTES = 5

/** What each commit of a turn may find changed: by itself, or by a person who pauses or skips meanwhile. */
export type MovingColumns = {
  state: string
  nextSeq: number
  batchLimit: number
  consecutiveFailures: number
  deadRun: number
  breaker: 'closed' | 'open' | 'half_open'
  /** Tries and failures of the running five minutes. */
  windowTries: number
  windowFailures: number
  capabilities: Settings
  runningReplays: number
}

const inWindow = `case when window_at > now() - interval '${WINDOW_MINUTES} min'`
export const movingColumns = sql.raw(`state, next_seq as "nextSeq", batch_limit as "batchLimit",
  consecutive_failures as "consecutiveFailures", dead_run as "deadRun", breaker,
  ${inWindow} then window_tries else 0 end as "windowTries",
  ${inWindow} then window_failures else 0 end as "windowFailures", capabilities, running_replays as "runningReplays"`)

/** A stream that is ours until its lease ends: whoever holds `leaseToken` may settle, nobody else. */
export type LeasedStream = StreamKey &
  MovingColumns &
  SealedSecrets & {
    leaseToken: string
    /** How long it collects; null where it doesn't. */
    everySeconds: number | null
    kind: string
    config: unknown
    masking: unknown
    carriesMatches: boolean
    tenantSlug: string
    /** The destination that it goes along with, if any. */
    companionOf: string | null
    /** What was begun in an earlier turn: a frozen batch, batches that await their acknowledgement. */
    hasPlanned: boolean
    hasAwaiting: boolean
    /** Whoever had it before did not give it back, so nobody knows what became of a batch that was being sent. */
    wasHeld: boolean
    /** What it may read, as of the lease. */
    horizon: Horizon
  }

type Row = Omit<LeasedStream, keyof StreamKey | 'leaseToken' | 'horizon'> & HorizonRow

/** Takes a due stream, or undefined if another runner was first. Compare-and-set; the token comes from us. */
export async function leaseStream({ tenantId, destinationId }: StreamKey): Promise<LeasedStream | undefined> {
  const leaseToken = randomUUID()
  const hasOpen = (state: string) => sql`exists (select from delivery_batches b
    where b.tenant_id = ${tenantId}::uuid and b.destination_id = ${destinationId}::uuid
      and b.state = ${sql.raw(`'${state}'`)} and b.replay_id is null)`
  const [row] = await executePrepared<Row>(
    'deliver',
    sql`
    update delivery_streams s set lease_token = ${leaseToken}::uuid, lease_until = now() + ${LEASE_SECONDS}::int * interval '1 s'
    from destinations d join tenants t on t.id = d.tenant_id join ${readableHeads} h on h.tenant_id = d.tenant_id ${joinMatching}
    where s.tenant_id = ${tenantId}::uuid and s.destination_id = ${destinationId}::uuid
      and d.tenant_id = ${tenantId}::uuid and d.id = ${destinationId}::uuid and d.removed_at is null
      and s.state = 'active' and (s.due_at <= now() or ${hasEnough}) and (s.lease_until is null or s.lease_until < now())
    returning ${movingColumns}, s.every_seconds as "everySeconds",
      d.kind, d.config, d.masking, d.carries_matches as "carriesMatches", d.secret_enc as "secretEnc", d.secret_names as "secretNames", t.slug as "tenantSlug", d.companion_of as "companionOf",
      (select o.lease_token is not null from delivery_streams o
        where o.tenant_id = ${tenantId}::uuid and o.destination_id = ${destinationId}::uuid) as "wasHeld",
      ${hasOpen('planned')} as "hasPlanned", ${hasOpen('awaiting_ack')} as "hasAwaiting", ${horizonColumns},
      ${versionsFrom(tenantId, destinationId, sql.raw('s.next_seq'))} as versions`,
  )
  if (!row) return undefined
  const { readable, checkpoint, matches, versions, ...stream } = row
  return {
    tenantId,
    destinationId,
    leaseToken,
    ...stream,
    horizon: toHorizon({ readable, checkpoint, matches, versions }),
  }
}
