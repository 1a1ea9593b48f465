import { and, desc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryAttempts } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { readDestination } from './find-destination'
import { decodeMomentCursor, encodeMomentCursor } from './moment-cursor'
import { DEFAULT_PAGE_SIZE, type StreamPageRequest } from './stream-page'

const MAX_PAGE_SIZE = 500

/** One try at a batch, or one press of TEST. `answer` is the receiver's own words, at most 4 KiB. */
export type AttemptView = {
  id: string
  at: Date
  trigger: 'auto' | 'manual' | 'replay' | 'test'
  /** delivered, held, split, dead, disabled, superseded; for a test delivered, failed, refused or gone. */
  outcome: string
  events: number
  firstSeq: number | null
  lastSeq: number | null
  /** What was asked of the receiver: `POST https://… 412 kB`. */
  request: string | null
  status: number | null
  ms: number
  message: string | null
  answer: string | null
  retryAt: Date | null
}

export type AttemptPage = { attempts: AttemptView[]; next: string | null }

const a = deliveryAttempts

/** A stream's tries, latest first. */
export async function readAttempts(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  { limit = DEFAULT_PAGE_SIZE, cursor }: StreamPageRequest = {},
): Promise<AttemptPage> {
  const place = cursor === undefined ? undefined : decodeMomentCursor(cursor)
  const most = Math.min(limit, MAX_PAGE_SIZE)
  const found = await tx
    .select({
      id: a.id,
      at: a.at,
      trigger: a.trigger,
      outcome: a.outcome,
      events: a.events,
      firstSeq: a.firstSeq,
      lastSeq: a.lastSeq,
      request: a.request,
      status: a.status,
      ms: a.ms,
      message: a.message,
      answer: a.answer,
      retryAt: a.retryAt,
    })
    .from(a)
    .where(
      and(
        eq(a.tenantId, tenantId),
        eq(a.destinationId, destinationId),
        place && sql`(${a.at}, ${a.id}) < (${place.at.toISOString()}::timestamptz, ${place.id}::uuid)`,
      ),
    )
    .orderBy(desc(a.at), desc(a.id))
    .limit(most + 1)
  const attempts = found.slice(0, most)
  const last = attempts.at(-1)
  return { attempts, next: found.length > most && last ? encodeMomentCursor(last) : null }
}

/** What was tried at a destination and what it answered, latest first. Throws `not_found`. */
export async function listAttempts(
  scope: TenantScope,
  id: string,
  request: StreamPageRequest = {},
  role?: DestinationRole,
): Promise<AttemptPage> {
  requirePermission(scope, 'destinations:read')
  return inTenant(scope, async (tx) => {
    await readDestination(tx, scope, { id, role })
    return readAttempts(tx, { tenantId: scope.tenantId, destinationId: id }, request)
  })
}
