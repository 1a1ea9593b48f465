import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { noSuchView } from './find-view'
import type { ViewId } from './input'
import { readViews, type SavedView } from './read-views'

/** One saved view. Throws `not_found`, also for another member's own view. */
export async function getView(scope: TenantScope, { id }: ViewId): Promise<SavedView> {
  const [view] = await inTenant(scope, (tx) => readViews(tx, scope, id))
  if (!view) throw noSuchView()
  return view
}
