import { and, eq } from 'drizzle-orm'
import { savedViews } from '@/db/schema/views'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { viewFacts } from './audit-facts'
import { findChangeableView } from './find-view'
import type { ViewId } from './input'

/**
 * Removes a view, for everybody who sees it; whose default it was opens the whole trail. Throws `not_found`, and
 * `forbidden` for another member's.
 */
export async function removeView(scope: TenantScope, { id }: ViewId): Promise<{ id: string }> {
  await inTenant(scope, async (tx) => {
    const row = await findChangeableView(tx, scope, id)
    await tx.delete(savedViews).where(and(eq(savedViews.tenantId, scope.tenantId), eq(savedViews.id, id)))
    await recordEvent(tx, scope, 'VIEW_REMOVED', {
      message: `View ${row.name} was removed`,
      targets: [{ type: 'view', name: row.name, id }],
      oldValue: viewFacts(row),
    })
  })
  return { id }
}
