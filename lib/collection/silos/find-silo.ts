import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { silos } from '@/db/schema/silos'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { isStorableText } from '@/lib/errors/parse-input'

export type SiloRow = typeof silos.$inferSelect

export const noSuchSilo = (): AppError =>
  new AppError('not_found', 'There is no such silo in this workspace.')

const isPresent = (scope: TenantScope, name: string) =>
  and(eq(silos.tenantId, scope.tenantId), eq(silos.name, name), isNull(silos.removedAt))

/** The row for who only looks. Throws `not_found`. */
export async function readSilo(tx: Transaction, scope: TenantScope, name: string): Promise<SiloRow> {
  return find(tx, scope, name)
}

/**
 * The row, locked until the transaction ends, so that edits come one after the other; with `share` so that it is only
 * not removed meanwhile. Throws `not_found`.
 */
export async function lockSilo(
  tx: Transaction,
  scope: TenantScope,
  name: string,
  strength: 'no key update' | 'share' = 'no key update',
): Promise<SiloRow> {
  return find(tx, scope, name, strength)
}

async function find(
  tx: Transaction,
  scope: TenantScope,
  name: string,
  strength?: 'no key update' | 'share',
): Promise<SiloRow> {
  // Names come from addresses, too, which may say anything.
  if (!isStorableText(name)) throw noSuchSilo()
  const query = tx.select().from(silos).where(isPresent(scope, name))
  const [row] = await (strength ? query.for(strength) : query)
  if (!row) throw noSuchSilo()
  return row
}
