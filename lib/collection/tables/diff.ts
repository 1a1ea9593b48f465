import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { diffTables, type TableDifference } from './diff-tables'
import { readTable } from './find-table'
import { findVersion } from './find-version'
import type { DiffTable } from './input'
import { parseTable } from './parse-table'

/** What became of a table's rows between two of its versions. Throws `not_found`. */
export async function diffTable(scope: TenantScope, { id, from, to }: DiffTable): Promise<TableDifference[]> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, async (tx) => {
    const { tenantId, kind } = await readTable(tx, scope, id)
    const before = await findVersion(tx, tenantId, id, from)
    const after = await findVersion(tx, tenantId, id, to)
    return diffTables(parseTable(kind, before.content).content, parseTable(kind, after.content).content)
  })
}
