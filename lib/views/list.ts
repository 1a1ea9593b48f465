import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { readViews, type SavedView } from './read-views'

/** The saved views that who asks may open: their own, then those that others share, each by name. */
export async function listViews(scope: TenantScope): Promise<SavedView[]> {
  return inTenant(scope, (tx) => readViews(tx, scope))
}
