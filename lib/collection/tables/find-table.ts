import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lineTables } from '@/db/schema/lines'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'

export type TableRow = typeof lineTables.$inferSelect

export const noSuchTable = (): AppError =>
  new AppError('not_found', 'There is no such table in this workspace.')

const isPresent = (tenantId: string, id: string) =>
  and(eq(lineTables.tenantId, tenantId), eq(lineTables.id, id), isNull(lineTables.removedAt))

/** The row for who only looks. Throws `not_found`, also for another tenant's. */
export async function readTable(tx: Transaction, scope: TenantScope, id: string): Promise<TableRow> {
  const [row] = await tx.select().from(lineTables).where(isPresent(scope.tenantId, id))
  if (!row) throw noSuchTable()
  return row
}

/** The row, locked until the transaction ends, so that edits come one after the other. Throws `not_found`. */
export async function lockTable(tx: Transaction, scope: TenantScope, id: string): Promise<TableRow> {
  const [row] = await tx.select().from(lineTables).where(isPresent(scope.tenantId, id)).for('no key update')
  if (!row) throw noSuchTable()
  return row
}
