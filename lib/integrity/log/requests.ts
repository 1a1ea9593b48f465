import { randomUUID } from 'node:crypto'
import { desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { logRequests } from '@/db/schema/logs'
import { inTenant } from '@/lib/access/in-tenant'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'

/** Long enough for a reference to a ticket, short enough to be read in the event. */
const MAX_REASON = 500

export const logRequestSchema = z.strictObject({
  reason: z
    .string({ error: 'Say why.' })
    .trim()
    .min(3, 'Say why, in a few words: it stands in the trail for ever.')
    .max(MAX_REASON, `At most ${MAX_REASON} characters.`),
})
export type LogRequestInput = z.infer<typeof logRequestSchema>

/** `doneAt` is null until the sealer, which alone has the keys, has done it: usually within a second. */
export type LogRequest = {
  id: string
  kind: 'rotate_key' | 'open_epoch'
  reason: string
  requestedAt: Date
  doneAt: Date | null
}

/** Keys that sign side by side: each costs every checkpoint a line, and verifiers take 64 lines at most. */
const MAX_KEYS = 8

/** Asks the sealer to sign with another key, for 30 days with both. Throws `forbidden`, and `conflict` for too many. */
export async function requestRotation(scope: TenantScope, { reason }: LogRequestInput): Promise<string> {
  return request(scope, 'rotate_key', reason)
}

/**
 * Asks the sealer to sign the tree as it is in the database on under a new name and key: after a restore that lost
 * events, or when a key has leaked. Throws `forbidden`, and `conflict` while one is being opened.
 */
export async function requestEpoch(scope: TenantScope, { reason }: LogRequestInput): Promise<string> {
  return request(scope, 'open_epoch', reason)
}

async function request(scope: TenantScope, kind: LogRequest['kind'], reason: string): Promise<string> {
  requirePermission(scope, 'integrity:manage')
  const id = randomUUID()
  await inTenant(scope, async (tx) => {
    await refuseTooMany(tx, scope.tenantId, kind)
    await tx.insert(logRequests).values({ tenantId: scope.tenantId, id, kind, reason })
    // The anchor log's leaves are no events; the instance's trail tells when it is done.
    if (scope.tenantId === ANCHOR_TENANT_ID) return
    const code = kind === 'rotate_key' ? 'LOG_KEY_ROTATION_REQUESTED' : 'LOG_EPOCH_REQUESTED'
    await recordEvent(tx, scope, code, { data: { reason } })
  })
  return id
}

/** A second click must not open a second epoch, nor rotations make notes that nobody reads any more. */
async function refuseTooMany(tx: Transaction, tenantId: string, kind: LogRequest['kind']): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('spoor log request ' || ${tenantId}, 0))`,
  )
  const [found] = await tx.execute<{ open: number; keys: number }>(sql`
    select (select count(*)::int from log_requests
        where tenant_id = ${tenantId} and kind = ${kind} and done_at is null) as open,
      (select count(*)::int from log_keys k join log_heads h on h.tenant_id = k.tenant_id and h.epoch = k.epoch
        where k.tenant_id = ${tenantId} and (k.retires_at is null or k.retires_at > now())) as keys`)
  if (found && found.open > 0)
    throw new AppError(
      'conflict',
      'That was asked for already. The sealer does it within a second of running.',
    )
  if (kind === 'rotate_key' && found && found.keys >= MAX_KEYS) {
    const message = `${MAX_KEYS} keys sign this log already, each for 30 days after it was replaced. If one has leaked, open a new epoch.`
    throw new AppError('conflict', message)
  }
}

const LISTED = 20

/** The latest requests, newest first. */
export async function listRequests(scope: TenantScope): Promise<LogRequest[]> {
  requirePermission(scope, 'events:read')
  return inTenant(scope, (tx) =>
    tx
      .select({
        id: logRequests.id,
        kind: logRequests.kind,
        reason: logRequests.reason,
        requestedAt: logRequests.requestedAt,
        doneAt: logRequests.doneAt,
      })
      .from(logRequests)
      .where(eq(logRequests.tenantId, scope.tenantId))
      .orderBy(desc(logRequests.requestedAt))
      .limit(LISTED),
  )
}
