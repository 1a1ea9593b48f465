import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { EntityView } from './entity-view'
import { readEntity } from './find-entity'
import type { EntityId } from './input'
import { viewEntity } from './view-entity'

/** An entity with its records and what links to it. Throws `not_found`. */
export async function getEntity(scope: TenantScope, { id }: EntityId): Promise<EntityView> {
  requirePermission(scope, 'ledger:read')
  return inTenant(scope, async (tx) =>
    viewEntity(tx, scope.tenantId, await readEntity(tx, scope.tenantId, id)),
  )
}
