import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readMandants } from '@/lib/workspaces/read-mandants'
import type { CreateTable } from './input'
import { insertTable } from './insert-table'
import { requireSound } from './require-sound'
import type { SavedTable } from './table'

/**
 * Adds a table for lines. Throws `invalid` with all that is wrong with its rows, `too_large`, and `conflict` for a name
 * that is taken, or the 201st table.
 */
export async function createTable(scope: TenantScope, input: CreateTable): Promise<SavedTable> {
  requirePermission(scope, 'collection:manage')
  const sound = requireSound(input.kind, input.name, input.content, await readMandants(scope))
  return inTenant(scope, (tx) => insertTable(tx, scope, input, sound))
}
