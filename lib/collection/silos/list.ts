import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readSilos } from './read-silos'
import type { SiloView } from './silo-view'

/** The silos of the workspace, by name. */
export async function listSilos(scope: TenantScope): Promise<SiloView[]> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, (tx) => readSilos(tx, scope))
}
