import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { deliveryAttempts, deliveryDead } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { type DestinationView, readDestinations } from './destination-view'
import { noSuchDestination } from './find-destination'

/** Attempts and dead letters shown with a destination: what a person reads when something is wrong. */
const MAX_SHOWN = 50

/** One try at a batch, or one press of TEST. `answer` is the receiver's own words, at most 4 KiB. */
export type AttemptView = {
  id: string
  at: Date
  trigger: 'auto' | 'test'
  /** delivered, held, split, dead, disabled, superseded; for a test delivered, failed, refused or gone. */
  outcome: string
  events: number
  firstSeq: number | null
  lastSeq: number | null
  status: number | null
  ms: number
  message: string | null
  answer: string | null
  retryAt: Date | null
}

/** An event that the receiver will never take. */
export type DeadLetterView = {
  seq: number
  at: Date
  reason: string
  status: number | null
  answer: string | null
}

export type DestinationDetail = DestinationView & { attempts: AttemptView[]; deadLetters: DeadLetterView[] }

/** One destination with its statistics, latest attempts and latest dead letters. Throws `not_found`. */
export async function getDestination(scope: TenantScope, id: string): Promise<DestinationDetail> {
  requirePermission(scope, 'destinations:read')
  if (!z.uuid().safeParse(id).success) throw noSuchDestination()
  return inTenant(scope, async (tx) => {
    const [view] = await readDestinations(tx, scope, id)
    if (!view) throw noSuchDestination()
    return {
      ...view,
      attempts: await readAttempts(tx, scope, id),
      deadLetters: await readDead(tx, scope, id),
    }
  })
}

function readAttempts(tx: Transaction, scope: TenantScope, id: string): Promise<AttemptView[]> {
  const a = deliveryAttempts
  return tx
    .select({
      id: a.id,
      at: a.at,
      trigger: a.trigger,
      outcome: a.outcome,
      events: a.events,
      firstSeq: a.firstSeq,
      lastSeq: a.lastSeq,
      status: a.status,
      ms: a.ms,
      message: a.message,
      answer: a.answer,
      retryAt: a.retryAt,
    })
    .from(a)
    .where(and(eq(a.tenantId, scope.tenantId), eq(a.destinationId, id)))
    .orderBy(desc(a.at))
    .limit(MAX_SHOWN)
}

function readDead(tx: Transaction, scope: TenantScope, id: string): Promise<DeadLetterView[]> {
  const d = deliveryDead
  return tx
    .select({ seq: d.seq, at: d.at, reason: d.reason, status: d.status, answer: d.answer })
    .from(d)
    .where(and(eq(d.tenantId, scope.tenantId), eq(d.destinationId, id)))
    .orderBy(desc(d.at))
    .limit(MAX_SHOWN)
}
