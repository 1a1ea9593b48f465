import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readTable } from './find-table'
import { findVersion } from './find-version'
import type { TableVersion } from './input'

/**
 * A version of a table as a file: CSV separated by semicolons, UTF-8, lines end with LF; what it contains is what
 * `updateTable` takes. Throws `not_found`.
 */
export async function exportTable(
  scope: TenantScope,
  { id, version }: TableVersion,
): Promise<{ fileName: string; content: string }> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, async (tx) => {
    const row = await readTable(tx, scope, id)
    const shown = await findVersion(tx, row.tenantId, id, version ?? row.version)
    const name = row.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^[-.]+|-+$/g, '')
    const fileName = `${name || row.kind}-v${shown.version}.csv`
    return { fileName, content: shown.content }
  })
}
