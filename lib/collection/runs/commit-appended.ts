import postgres from 'postgres'
import type { Transaction } from '@/db/client'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { noteAppended } from '@/lib/trail/appended'
import type { EventRow } from '@/lib/trail/event-row'
import { rememberTypes } from '@/lib/trail/remember-types'
import { noteTrailEnd } from '@/lib/trail/sealing-lag'
import { PLAN_LOOKUPS } from './append-collected'

/** A racing duplicate from another door, a deadlock, a lock not had in time: the same chunk may well succeed. */
const RETRYABLE = new Set(['23505', '40P01', '55P03', '40001'])
const MAX_TRIES = 5

/** What a chunk's transaction did: the trail's end where it appended events. */
type Written<T> = { counts: T; trailEnd: number | undefined }

/**
 * Runs the transaction of a chunk whose last act appends events, again where another was faster, and tells those of this
 * process who follow the trail.
 */
export async function commitAppended<T>(
  scope: TenantScope,
  events: readonly EventRow[],
  write: (tx: Transaction) => Promise<Written<T>>,
  onRetry: () => void = () => {},
): Promise<T> {
  await rememberTypes(events)
  for (let tries = 1; ; tries++) {
    try {
      const { counts, trailEnd } = await inTenant(scope, async (tx) => {
        await tx.execute(PLAN_LOOKUPS)
        return write(tx)
      })
      if (trailEnd !== undefined) {
        noteAppended(events.slice(0, 1))
        noteTrailEnd(scope.tenantId, trailEnd)
      }
      return counts
    } catch (error) {
      if (tries >= MAX_TRIES || !isRetryable(error)) throw error
      onRetry()
    }
  }
}

/** drizzle wraps the driver's error once. */
function isRetryable(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return cause instanceof postgres.PostgresError && RETRYABLE.has(cause.code)
}
