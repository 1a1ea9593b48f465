import { and, desc, eq, or, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { users } from '@/db/schema/tenants'
import { defaultViews, savedViews } from '@/db/schema/views'
import type { TenantScope } from '@/lib/access/scope'
import { requireViewOwner } from './view-owner'

/** A view as one member sees it. */
export type SavedView = {
  id: string
  name: string
  /** The query string of the trail page, without a question mark; empty for the whole trail. */
  query: string
  isShared: boolean
  isOwn: boolean
  /** Null when the person is no member any more. */
  ownerName: string | null
  /** The trail opens with it for who asks. */
  isDefault: boolean
  /** It opens with it for whoever chose no default of their own. */
  isWorkspaceDefault: boolean
  canChange: boolean
}

/** The views that who asks may see, their own first, by name; one of them if `id` is given. */
export async function readViews(tx: Transaction, scope: TenantScope, id?: string): Promise<SavedView[]> {
  const userId = requireViewOwner(scope)
  const isOwn = eq(savedViews.ownerId, userId)
  const rows = await tx
    .select({
      id: savedViews.id,
      name: savedViews.name,
      query: savedViews.query,
      isShared: savedViews.isShared,
      isOwn: sql<boolean>`${isOwn}`,
      ownerName: users.name,
      isDefault: sql<boolean>`${defaultViews.viewId} is not null`,
      isWorkspaceDefault: savedViews.isWorkspaceDefault,
    })
    .from(savedViews)
    .leftJoin(users, eq(users.id, savedViews.ownerId))
    .leftJoin(
      defaultViews,
      and(
        eq(defaultViews.tenantId, savedViews.tenantId),
        eq(defaultViews.viewId, savedViews.id),
        eq(defaultViews.userId, userId),
      ),
    )
    .where(
      and(
        eq(savedViews.tenantId, scope.tenantId),
        or(isOwn, savedViews.isShared),
        ...(id === undefined ? [] : [eq(savedViews.id, id)]),
      ),
    )
    .orderBy(desc(sql`${isOwn}`), sql`lower(${savedViews.name})`, savedViews.id)
  const manages = scope.permissions.has('workspace:manage')
  return rows.map((row) => ({ ...row, canChange: row.isOwn || manages }))
}
