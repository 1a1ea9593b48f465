import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { destinations } from '@/db/schema/delivery'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'

export type DestinationRow = typeof destinations.$inferSelect

export function noSuchDestination(): AppError {
  return new AppError('not_found', 'There is no such destination in this workspace.')
}

const isPresent = (scope: TenantScope, id: string) =>
  and(eq(destinations.tenantId, scope.tenantId), eq(destinations.id, id), isNull(destinations.removedAt))

/**
 * The row, locked until the transaction ends, so that edits come one after the other. A companion is changed with
 * the destination that it belongs to. Throws `not_found`.
 */
export async function findDestination(
  tx: Transaction,
  scope: TenantScope,
  id: string,
): Promise<DestinationRow> {
  const [row] = await tx
    .select()
    .from(destinations)
    .where(and(isPresent(scope, id), isNull(destinations.companionOf)))
    .for('no key update')
  if (!row) throw noSuchDestination()
  return row
}

/** The row for who only looks, a companion's too. Throws `not_found`, also for an id that is none. */
export async function readDestination(
  tx: Transaction,
  scope: TenantScope,
  id: string,
): Promise<DestinationRow> {
  if (!z.uuid().safeParse(id).success) throw noSuchDestination()
  const [row] = await tx.select().from(destinations).where(isPresent(scope, id))
  if (!row) throw noSuchDestination()
  return row
}
