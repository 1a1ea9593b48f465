import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readImport, toView } from './import-row'
import type { ImportView } from './import-view'
import type { ImportId } from './input'

/** What an import does, or did. Throws `not_found`. */
export async function getImport(scope: TenantScope, { id }: ImportId): Promise<ImportView> {
  requirePermission(scope, 'ledger:read')
  return inTenant(scope, async (tx) => toView(await readImport(tx, scope, id)))
}
