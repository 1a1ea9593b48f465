import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readMandants } from '@/lib/workspaces/read-mandants'
import { changeTable } from './change-table'
import { lockTable, readTable } from './find-table'
import type { UpdateTable } from './input'
import { requireSound } from './require-sound'
import { requireUnchanged } from './require-unchanged'
import type { SavedTable } from './table'

/**
 * Gives a table other rows, another name or note. Rows become a new version, unless they are exactly what it contains.
 * Runs that have begun end with the version that they began with. Throws `not_found`, `invalid` with all that is wrong
 * with its rows, `too_large`, and `conflict` where somebody else was faster or the name is taken.
 */
export async function updateTable(scope: TenantScope, input: UpdateTable): Promise<SavedTable> {
  requirePermission(scope, 'collection:manage')
  const { id, content, unchangedSince } = input
  const { kind, name } = await inTenant(scope, (tx) => readTable(tx, scope, id))
  const sound =
    content === undefined ? undefined : requireSound(kind, name, content, await readMandants(scope))
  return inTenant(scope, async (tx) => {
    const row = await lockTable(tx, scope, id)
    requireUnchanged(row, unchangedSince)
    return changeTable(tx, scope, row, input, sound)
  })
}
