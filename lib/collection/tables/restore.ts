import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { changeTable } from './change-table'
import { lockTable } from './find-table'
import { findVersion } from './find-version'
import type { RestoreTable } from './input'
import { requireSound } from './require-sound'
import { requireUnchanged } from './require-unchanged'
import type { SavedTable } from './table'

/** Gives a table the rows of an earlier version again, as its newest. Throws `not_found` and `conflict`. */
export async function restoreTable(
  scope: TenantScope,
  { id, version, unchangedSince }: RestoreTable,
): Promise<SavedTable> {
  requirePermission(scope, 'collection:manage')
  return inTenant(scope, async (tx) => {
    const row = await lockTable(tx, scope, id)
    requireUnchanged(row, unchangedSince)
    const { content } = await findVersion(tx, row.tenantId, id, version)
    return changeTable(tx, scope, row, {}, requireSound(row.kind, row.name, content))
  })
}
