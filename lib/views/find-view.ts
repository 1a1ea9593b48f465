import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { savedViews } from '@/db/schema/views'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { requireViewOwner } from './view-owner'

export type ViewRow = typeof savedViews.$inferSelect

export function noSuchView(): AppError {
  return new AppError('not_found', 'There is no such view in this workspace.')
}

/**
 * The row of a view that who asks may see, locked until the transaction ends. Throws `not_found`, also for
 * another member's own view.
 */
export async function findView(tx: Transaction, scope: TenantScope, id: string): Promise<ViewRow> {
  const userId = requireViewOwner(scope)
  const [row] = await tx
    .select()
    .from(savedViews)
    .where(and(eq(savedViews.tenantId, scope.tenantId), eq(savedViews.id, id)))
    .for('no key update')
  if (!row || (row.ownerId !== userId && !row.isShared)) throw noSuchView()
  return row
}

/** Like `findView`, for who wants to change it: its owner, or who manages the workspace. Throws `forbidden` too. */
export async function findChangeableView(tx: Transaction, scope: TenantScope, id: string): Promise<ViewRow> {
  const row = await findView(tx, scope, id)
  if (row.ownerId === scope.principal.id || scope.permissions.has('workspace:manage')) return row
  const message = `The view ${row.name} belongs to somebody else. Save it as a view of your own to change it.`
  throw new AppError('forbidden', message)
}
