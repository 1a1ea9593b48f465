import type { TenantScope } from '@/lib/access/scope'
import { listEntities } from '@/lib/ledger/entities/list'

/** Whether there is a ledger from which names of events could be known: else the trail is as it is without one. */
export async function usesLedger(scope: TenantScope): Promise<boolean> {
  if (!scope.permissions.has('ledger:read')) return false
  const { entities } = await listEntities(scope, { limit: 1 })
  return entities.length > 0
}
