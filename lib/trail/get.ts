import { and, eq } from 'drizzle-orm'
import { events } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { StoredEvent } from '@/lib/event/stored-event'
import { STORED_EVENT_COLUMNS, toStoredEvent } from './stored-event-row'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** One event of the tenant by its id. Throws `not_found`, also for another tenant's id. */
export async function getEvent(scope: TenantScope, id: string): Promise<StoredEvent> {
  requirePermission(scope, 'events:read')
  const [row] = UUID.test(id)
    ? await inTenant(scope, (tx) =>
        tx
          .select(STORED_EVENT_COLUMNS)
          .from(events)
          .where(and(eq(events.tenantId, scope.tenantId), eq(events.id, id))),
      )
    : []
  if (!row) throw new AppError('not_found', `There is no event ${id.slice(0, 100)} in this trail.`)
  return toStoredEvent(row)
}
