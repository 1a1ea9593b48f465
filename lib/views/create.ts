import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { savedViews } from '@/db/schema/views'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { viewFacts } from './audit-facts'
import { type CreateView, MAX_OWN_VIEWS } from './input'
import { nameTaken } from './name-taken'
import { chooseDefault } from './set-default'
import { lockViewsOf, requireViewOwner } from './view-owner'
import { tidyViewQuery } from './view-query'

/** A view as it was kept: its query as the filter understood it. */
export type KeptView = { id: string; query: string }

/**
 * Keeps a way of looking at the trail under a name. Throws `invalid` for a query that the filter doesn't know, and
 * `conflict` when the person has a view of that name, or too many.
 */
export async function createView(scope: TenantScope, input: CreateView): Promise<KeptView> {
  const ownerId = requireViewOwner(scope)
  const { tenantId } = scope
  const isShared = input.visibility === 'shared'
  const view = { id: randomUUID(), name: input.name, query: tidyViewQuery(input.query), isShared }
  await inTenant(scope, async (tx) => {
    await lockViewsOf(tx, tenantId, ownerId)
    const [own] = await tx
      .select({
        count: sql<number>`count(*)::int`,
        isTaken: sql<boolean>`coalesce(bool_or(${savedViews.name} = ${view.name}), false)`,
      })
      .from(savedViews)
      .where(and(eq(savedViews.tenantId, tenantId), eq(savedViews.ownerId, ownerId)))
    if (own?.isTaken) throw nameTaken(view.name)
    if (own && own.count >= MAX_OWN_VIEWS) {
      const message = `You keep ${MAX_OWN_VIEWS} views, which is the most there can be. Remove one first.`
      throw new AppError('conflict', message)
    }
    await tx.insert(savedViews).values({ ...view, tenantId, ownerId })
    await recordEvent(tx, scope, 'VIEW_CREATED', {
      message: `View ${view.name} was saved${isShared ? ' and shared' : ''}`,
      targets: [{ type: 'view', name: view.name, id: view.id }],
      newValue: viewFacts(view),
    })
    if (input.isDefault) await chooseDefault(tx, scope, view)
  })
  return { id: view.id, query: view.query }
}
