import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lines } from '@/db/schema/lines'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'

export type LineRow = typeof lines.$inferSelect

export const noSuchLine = (): AppError =>
  new AppError('not_found', 'There is no such line in this workspace.')

/**
 * The row, locked until the transaction ends, so that edits come one after the other; with `update` so that no line
 * that names it is saved meanwhile. Throws `not_found`.
 */
export async function lockLine(
  tx: Transaction,
  scope: TenantScope,
  id: string,
  strength: 'no key update' | 'update' = 'no key update',
): Promise<LineRow> {
  const [row] = await tx
    .select()
    .from(lines)
    .where(and(eq(lines.tenantId, scope.tenantId), eq(lines.id, id), isNull(lines.removedAt)))
    .for(strength)
  if (!row) throw noSuchLine()
  return row
}
