import { and, desc, eq } from 'drizzle-orm'
import { destinations } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { isOfRole } from './destination-view'
import { isRestorable, RESTORABLE_DAYS } from './removed-destination'

const DAY_MS = 86_400_000

/** A destination that can still be brought back. */
export type RemovedDestination = {
  id: string
  kind: string
  kindLabel: string
  name: string
  note: string
  removedAt: Date
  restorableUntil: Date
}

/** The destinations, or channels, that were removed within the last 30 days, latest first. */
export async function listRemovedDestinations(
  scope: TenantScope,
  role: DestinationRole = 'forwarding',
): Promise<RemovedDestination[]> {
  requirePermission(scope, 'destinations:read')
  const rows = await inTenant(scope, (tx) =>
    tx
      .select()
      .from(destinations)
      .where(and(eq(destinations.tenantId, scope.tenantId), isOfRole(role), isRestorable()))
      .orderBy(desc(destinations.removedAt)),
  )
  return rows.flatMap(({ id, kind: kindName, config, note, removedAt }) => {
    if (!removedAt) return []
    const kind = destinationKind(kindName)
    const name = kind.open(config).describe()
    const restorableUntil = new Date(removedAt.getTime() + RESTORABLE_DAYS * DAY_MS)
    return [{ id, kind: kindName, kindLabel: kind.label, name, note, removedAt, restorableUntil }]
  })
}
