import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readAttributeNames, usualNames } from './attribute-names'
import type { ListAttributes } from './input'

/** The names by which entities of a type can be compared and shown: usual ones, and all that the ledger has. */
export async function listAttributes(scope: TenantScope, { entityType }: ListAttributes): Promise<string[]> {
  requirePermission(scope, 'ledger:read')
  const present = await inTenant(scope, (tx) => readAttributeNames(tx, scope.tenantId, entityType))
  return [...new Set([...usualNames(entityType), ...present])]
}
