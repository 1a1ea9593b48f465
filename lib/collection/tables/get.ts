import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readMandants } from '@/lib/workspaces/read-mandants'
import { readTable } from './find-table'
import { findVersion } from './find-version'
import type { TableVersion } from './input'
import { parseTable } from './parse-table'
import { readUses, usesOf } from './read-uses'
import type { TableDetail } from './table'

/** A table with the rows of its newest version, or of an earlier one. Throws `not_found`. */
export async function getTable(scope: TenantScope, { id, version }: TableVersion): Promise<TableDetail> {
  requirePermission(scope, 'collection:read')
  const mandants = await readMandants(scope)
  return inTenant(scope, async (tx) => {
    const row = await readTable(tx, scope, id)
    const shown = await findVersion(tx, row.tenantId, id, version ?? row.version)
    const { content, problems } = parseTable(row.kind, shown.content, mandants)
    return {
      id,
      kind: row.kind,
      name: row.name,
      note: row.note,
      version: row.version,
      shownVersion: shown.version,
      savedBy: shown.savedBy,
      savedAt: shown.savedAt,
      usedBy: usesOf(await readUses(tx, row.tenantId), id),
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      ...content,
      problems,
    }
  })
}
