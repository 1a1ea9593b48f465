import { asc, eq } from 'drizzle-orm'
import { eventTypes } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'

/** A list to choose from; who puts ids into types has more, and types the one wanted. */
const MAX_TYPES = 500

/** The types that events of this tenant have had, in alphabetical order. */
export async function listTypes(scope: TenantScope): Promise<string[]> {
  requirePermission(scope, 'events:read')
  const rows = await inTenant(scope, (tx) =>
    tx
      .select({ type: eventTypes.type })
      .from(eventTypes)
      .where(eq(eventTypes.tenantId, scope.tenantId))
      .orderBy(asc(eventTypes.type))
      .limit(MAX_TYPES),
  )
  return rows.map(({ type }) => type)
}
