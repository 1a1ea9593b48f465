import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lineTableVersions } from '@/db/schema/lines'
import { AppError } from '@/lib/errors/app-error'

export type VersionRow = typeof lineTableVersions.$inferSelect

const MAX_INTEGER = 2 ** 31 - 1

const noSuchVersion = (version: number) => new AppError('not_found', `This table has no version ${version}.`)

/** One version of a table of the tenant. Throws `not_found`. */
export async function findVersion(
  tx: Transaction,
  tenantId: string,
  tableId: string,
  version: number,
): Promise<VersionRow> {
  const v = lineTableVersions
  if (version > MAX_INTEGER) throw noSuchVersion(version)
  const [row] = await tx
    .select()
    .from(v)
    .where(and(eq(v.tenantId, tenantId), eq(v.tableId, tableId), eq(v.version, version)))
  if (!row) throw noSuchVersion(version)
  return row
}
