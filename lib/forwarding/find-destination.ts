import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { destinations } from '@/db/schema/delivery'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'

export type DestinationRow = typeof destinations.$inferSelect

export function noSuchDestination(): AppError {
  return new AppError('not_found', 'There is no such destination in this workspace.')
}

/** The row, locked until the transaction ends, so that edits come one after the other. Throws `not_found`. */
export async function findDestination(
  tx: Transaction,
  scope: TenantScope,
  id: string,
): Promise<DestinationRow> {
  const [row] = await tx
    .select()
    .from(destinations)
    .where(
      and(eq(destinations.tenantId, scope.tenantId), eq(destinations.id, id), isNull(destinations.removedAt)),
    )
    .for('no key update')
  if (!row) throw noSuchDestination()
  return row
}
