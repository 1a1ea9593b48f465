import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { members } from '@/db/schema/tenants'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'

/** The id of the person who asks. Throws `forbidden` for tokens and programs: views are kept by people. */
export function requireViewOwner(scope: TenantScope): string {
  requirePermission(scope, 'events:read')
  if (scope.principal.kind !== 'user')
    throw new AppError('forbidden', 'Views are kept by people. Sign in to use them.')
  return scope.principal.id
}

/** Lets changes of one person's views come one after the other, until the transaction ends. */
export async function lockViewsOf(tx: Transaction, tenantId: string, userId: string): Promise<void> {
  await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), eq(members.userId, userId)))
    .for('no key update')
}
