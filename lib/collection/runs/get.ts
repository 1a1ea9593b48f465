import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { RunId } from './input'
import { readRun } from './read-runs'
import type { RunView } from './run-view'

/** A run as it is now. Throws `not_found`. */
export async function getRun(scope: TenantScope, { id }: RunId): Promise<RunView> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, (tx) => readRun(tx, scope.tenantId, id))
}
