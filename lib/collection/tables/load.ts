import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lineTables } from '@/db/schema/lines'
import { noSuchTable } from './find-table'
import { findVersion } from './find-version'
import { parseTable } from './parse-table'
import type { LoadedTable } from './table'

/**
 * A table of the tenant for a line: its newest version, or the one that is named, which stays readable also after the
 * table was removed. Throws `not_found`.
 */
export async function loadTable(
  tx: Transaction,
  tenantId: string,
  id: string,
  version?: number,
): Promise<LoadedTable> {
  const [row] = await tx
    .select()
    .from(lineTables)
    .where(and(eq(lineTables.tenantId, tenantId), eq(lineTables.id, id)))
  if (!row || (row.removedAt && version === undefined)) throw noSuchTable()
  const found = await findVersion(tx, tenantId, id, version ?? row.version)
  const { content } = parseTable(row.kind, found.content)
  return { id, kind: row.kind, name: row.name, version: found.version, ...content }
}
