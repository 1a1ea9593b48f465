import { and, eq } from 'drizzle-orm'
import { events } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { StoredEvent } from '@/lib/event/stored-event'
import { STORED_EVENT_COLUMNS, toStoredEvent } from './stored-event-row'

/** One event of the tenant by its place in the trail. Throws `not_found` beyond the trail's end. */
export async function getEventBySeq(scope: TenantScope, seq: number): Promise<StoredEvent> {
  requirePermission(scope, 'events:read')
  const [row] = Number.isSafeInteger(seq)
    ? await inTenant(scope, (tx) =>
        tx
          .select(STORED_EVENT_COLUMNS)
          .from(events)
          .where(and(eq(events.tenantId, scope.tenantId), eq(events.seq, seq))),
      )
    : []
  if (!row) throw new AppError('not_found', `There is no event with the seq ${seq} in this trail.`)
  return toStoredEvent(row)
}
