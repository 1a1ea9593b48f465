import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { lockLine } from './find-line'
import { findVersion } from './find-version'
import type { RestoreLine } from './input'
import { updateLine } from './update'

/**
 * Makes what a line did in an earlier version its newest version. Throws `not_found`, and `invalid` where that can't run
 * any more: a table that it used is gone, say; `conflict` where somebody else was faster.
 */
export async function restoreLine(
  scope: TenantScope,
  { id, version, unchangedSince }: RestoreLine,
): Promise<{ id: string; version: number; isNew: boolean }> {
  requirePermission(scope, 'collection:manage')
  const { definition } = await inTenant(scope, async (tx) => {
    await lockLine(tx, scope, id)
    return findVersion(tx, scope.tenantId, id, version)
  })
  return updateLine(scope, { id, definition, unchangedSince })
}
