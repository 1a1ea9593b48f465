import { and, desc, eq } from 'drizzle-orm'
import { lineTableVersions } from '@/db/schema/lines'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readTable } from './find-table'
import type { TableId } from './input'
import type { TableVersionView } from './table'

/** Somebody looks for what was changed of late; older ones are read by their number. */
const MAX_VERSIONS = 500

/** The versions of a table, the newest first. Throws `not_found`. */
export async function listTableVersions(scope: TenantScope, { id }: TableId): Promise<TableVersionView[]> {
  requirePermission(scope, 'collection:read')
  const v = lineTableVersions
  return inTenant(scope, async (tx) => {
    await readTable(tx, scope, id)
    const rows = await tx
      .select({
        version: v.version,
        rows: v.rows,
        sha256: v.sha256,
        savedBy: v.savedBy,
        savedAt: v.savedAt,
      })
      .from(v)
      .where(and(eq(v.tenantId, scope.tenantId), eq(v.tableId, id)))
      .orderBy(desc(v.version))
      .limit(MAX_VERSIONS)
    return rows.map((row) => ({ ...row, sha256: Buffer.from(row.sha256).toString('hex') }))
  })
}
