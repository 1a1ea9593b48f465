import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { LineView } from './line-view'
import { readLines } from './read-lines'

/** The workspace's lines by name, with the silos and lines that use them. */
export async function listLines(scope: TenantScope): Promise<LineView[]> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, (tx) => readLines(tx, scope.tenantId))
}
