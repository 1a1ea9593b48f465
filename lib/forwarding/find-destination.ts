import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { destinations } from '@/db/schema/delivery'
import type { TenantScope } from '@/lib/access/scope'
import { type DestinationRole, ROLE_WORDS, roleOf } from '@/lib/delivery/destinations/roles'
import { AppError } from '@/lib/errors/app-error'

export type DestinationRow = typeof destinations.$inferSelect

/** `role` is whose page or API names it: there an id of the other role is not found. Without it, either is. */
export type NamedDestination = { id: string; role?: DestinationRole }

export function noSuchDestination(role: DestinationRole = 'forwarding'): AppError {
  return new AppError('not_found', `There is no such ${ROLE_WORDS[role].noun} in this workspace.`)
}

const isPresent = (scope: TenantScope, id: string) =>
  and(eq(destinations.tenantId, scope.tenantId), eq(destinations.id, id), isNull(destinations.removedAt))

/** The row, if it is one of the role. Throws `not_found`. */
export function requireRole(
  row: DestinationRow | undefined,
  role: DestinationRole | undefined,
): DestinationRow {
  if (!row || (role !== undefined && roleOf(row) !== role)) throw noSuchDestination(role)
  return row
}

/**
 * The row, locked until the transaction ends, so that edits come one after the other. A companion is changed with
 * the destination that it belongs to. Throws `not_found`.
 */
export async function findDestination(
  tx: Transaction,
  scope: TenantScope,
  { id, role }: NamedDestination,
): Promise<DestinationRow> {
  const [row] = await tx
    .select()
    .from(destinations)
    .where(and(isPresent(scope, id), isNull(destinations.companionOf)))
    .for('no key update')
  return requireRole(row, role)
}

/** The row for who only looks, a companion's too. Throws `not_found`, also for an id that is none. */
export async function readDestination(
  tx: Transaction,
  scope: TenantScope,
  { id, role }: NamedDestination,
): Promise<DestinationRow> {
  if (!z.uuid().safeParse(id).success) throw noSuchDestination(role)
  const [row] = await tx.select().from(destinations).where(isPresent(scope, id))
  return requireRole(row, role)
}
