import { and, eq, ne, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { defaultViews, savedViews } from '@/db/schema/views'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { viewFacts } from './audit-facts'
import type { KeptView } from './create'
import { findChangeableView, type ViewRow } from './find-view'
import type { UpdateView } from './input'
import { nameTaken } from './name-taken'
import { lockViewsOf } from './view-owner'
import { tidyViewQuery } from './view-query'

/**
 * Renames a view, shares it or takes it back, gives it another query. Taken back, it is nobody else's default any
 * more. Throws `not_found`, `forbidden` for another member's, `invalid` for a query that the filter doesn't know,
 * and `conflict` when its owner has a view of that name.
 */
export async function updateView(scope: TenantScope, input: UpdateView): Promise<KeptView> {
  const { id } = input
  const { tenantId } = scope
  const query = input.query === undefined ? undefined : tidyViewQuery(input.query)
  return inTenant(scope, async (tx) => {
    const row = await findChangeableView(tx, scope, id)
    const after = {
      name: input.name ?? row.name,
      query: query ?? row.query,
      isShared: input.visibility === undefined ? row.isShared : input.visibility === 'shared',
    }
    const kept = { id, query: after.query }
    if (after.name === row.name && after.query === row.query && after.isShared === row.isShared) return kept
    if (after.name !== row.name) await requireFreeName(tx, row, after.name)
    if (row.isShared && !after.isShared) await forgetForOthers(tx, row)
    await tx
      .update(savedViews)
      .set({ ...after, updatedAt: sql`now()` })
      .where(and(eq(savedViews.tenantId, tenantId), eq(savedViews.id, id)))
    await recordEvent(tx, scope, 'VIEW_UPDATED', {
      message: `View ${after.name} was changed`,
      targets: [{ type: 'view', name: after.name, id }],
      oldValue: viewFacts(row),
      newValue: viewFacts(after),
    })
    return kept
  })
}

async function requireFreeName(tx: Transaction, { tenantId, ownerId }: ViewRow, name: string): Promise<void> {
  await lockViewsOf(tx, tenantId, ownerId)
  const [taken] = await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(and(eq(savedViews.tenantId, tenantId), eq(savedViews.ownerId, ownerId), eq(savedViews.name, name)))
  if (taken) throw nameTaken(name)
}

async function forgetForOthers(tx: Transaction, { tenantId, ownerId, id }: ViewRow): Promise<void> {
  await tx
    .update(savedViews)
    .set({ isWorkspaceDefault: false })
    .where(and(eq(savedViews.tenantId, tenantId), eq(savedViews.id, id)))
  await tx
    .delete(defaultViews)
    .where(
      and(eq(defaultViews.tenantId, tenantId), eq(defaultViews.viewId, id), ne(defaultViews.userId, ownerId)),
    )
}
