import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { Erasure } from './erasure'
import { readErasures } from './read-erasures'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** One erasure and how far it has come. Throws `not_found`, also for another tenant's id. */
export async function getErasure(scope: TenantScope, { id }: { id: string }): Promise<Erasure> {
  requirePermission(scope, 'events:read')
  const [erasure] = UUID.test(id) ? await inTenant(scope, (tx) => readErasures(tx, scope.tenantId, id)) : []
  if (!erasure) throw new AppError('not_found', 'There is no such erasure in this workspace.')
  return erasure
}
