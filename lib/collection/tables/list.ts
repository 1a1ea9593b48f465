import { and, asc, eq, isNull } from 'drizzle-orm'
import { lineTables, lineTableVersions } from '@/db/schema/lines'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { ListTables } from './input'
import { readUses, usesOf } from './read-uses'
import type { TableView } from './table'

/** The workspace's tables, of one kind if that is given, by name. */
export async function listTables(scope: TenantScope, { kind }: ListTables = {}): Promise<TableView[]> {
  requirePermission(scope, 'collection:read')
  const { tenantId } = scope
  const [t, v] = [lineTables, lineTableVersions]
  return inTenant(scope, async (tx) => {
    const rows = await tx
      .select({
        id: t.id,
        kind: t.kind,
        name: t.name,
        note: t.note,
        version: t.version,
        rows: v.rows,
        createdAt: t.createdAt,
        updatedAt: t.updatedAt,
      })
      .from(t)
      .innerJoin(v, and(eq(v.tenantId, t.tenantId), eq(v.tableId, t.id), eq(v.version, t.version)))
      .where(and(eq(t.tenantId, tenantId), isNull(t.removedAt), kind && eq(t.kind, kind)))
      .orderBy(asc(t.name), asc(t.id))
    const uses = await readUses(tx, tenantId)
    return rows.map((row) => ({ ...row, usedBy: usesOf(uses, row.id) }))
  })
}
