import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { hasEntityChoice, type TrailFilter } from '@/lib/trail/filter'
import { type ResolvedFilter, resolveFilter } from './resolve-filter'

/**
 * The same for what reads in many transactions: a file is then of one moment, whatever is matched anew while it is
 * written. Not within a transaction.
 */
export async function resolveOnce(scope: TenantScope, filter: TrailFilter): Promise<ResolvedFilter> {
  requirePermission(scope, 'events:read')
  if (!hasEntityChoice(filter)) return { filter, mentions: null }
  return inTenantSnapshot(scope, (tx) => resolveFilter(tx, scope.tenantId, filter))
}
