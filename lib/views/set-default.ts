import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { defaultViews, savedViews } from '@/db/schema/views'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { findView } from './find-view'
import type { SetDefaultView } from './input'
import { requireViewOwner } from './view-owner'

type Named = { id: string; name: string }

/**
 * Chooses the view that the trail opens with when its address says nothing: for who asks, or for all members who
 * chose none. Without an id there is none any more. Throws `not_found`; for the workspace also `forbidden` without
 * `workspace:manage`, and `invalid` for a view that is not shared.
 */
export async function setDefaultView(
  scope: TenantScope,
  { id, whose }: SetDefaultView,
): Promise<{ id: string | null }> {
  requireViewOwner(scope)
  if (whose === 'workspace') requirePermission(scope, 'workspace:manage')
  await inTenant(scope, async (tx) => {
    const view = id === undefined ? undefined : await findView(tx, scope, id)
    if (view && whose === 'workspace' && !view.isShared)
      throw new AppError('invalid', `Share the view ${view.name} first: only then can everybody open it.`)
    await (whose === 'me' ? chooseDefault : chooseForWorkspace)(tx, scope, view)
  })
  return { id: id ?? null }
}

/** Makes a view, or none, the default of who asks, and says so in the trail if that changes anything. */
export async function chooseDefault(
  tx: Transaction,
  scope: TenantScope,
  view: Named | undefined,
): Promise<void> {
  const { tenantId } = scope
  const userId = requireViewOwner(scope)
  const isMine = and(eq(defaultViews.tenantId, tenantId), eq(defaultViews.userId, userId))
  const changed = view
    ? await tx
        .insert(defaultViews)
        .values({ tenantId, userId, viewId: view.id })
        .onConflictDoUpdate({
          target: [defaultViews.tenantId, defaultViews.userId],
          set: { viewId: view.id },
          setWhere: ne(defaultViews.viewId, view.id),
        })
        .returning({ viewId: defaultViews.viewId })
    : await tx.delete(defaultViews).where(isMine).returning({ viewId: defaultViews.viewId })
  if (changed.length > 0) await recordChoice(tx, scope, view, 'me')
}

async function chooseForWorkspace(
  tx: Transaction,
  scope: TenantScope,
  view: Named | undefined,
): Promise<void> {
  const isOurs = eq(savedViews.tenantId, scope.tenantId)
  const isDefault = eq(savedViews.isWorkspaceDefault, true)
  const cleared = await tx
    .update(savedViews)
    .set({ isWorkspaceDefault: false })
    .where(and(isOurs, isDefault))
    .returning({ id: savedViews.id })
  if (view)
    await tx
      .update(savedViews)
      .set({ isWorkspaceDefault: true })
      .where(and(isOurs, eq(savedViews.id, view.id)))
  if (cleared[0]?.id !== view?.id) await recordChoice(tx, scope, view, 'workspace')
}

async function recordChoice(
  tx: Transaction,
  scope: TenantScope,
  view: Named | undefined,
  whose: SetDefaultView['whose'],
): Promise<void> {
  const where = whose === 'me' ? '' : ' for the workspace'
  await recordEvent(tx, scope, 'VIEW_DEFAULT_SET', {
    message: view
      ? `The trail opens with the view ${view.name}${where}`
      : `The trail opens with no view${where}`,
    targets: view ? [{ type: 'view', name: view.name, id: view.id }] : [],
    data: { whose },
  })
}
