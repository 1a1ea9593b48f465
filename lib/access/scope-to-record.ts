import { grantScope } from './grant-scope'
import type { Client, Principal, Surface, TenantScope } from './scope'

/**
 * A scope that may do nothing but say whose action an event tells of: for what happens before anybody is known
 * to be who they say (sign-ups, sign-ins), and for what concerns a person in each of their workspaces.
 */
export function scopeToRecord(
  tenant: { id: string; slug: string; name: string },
  principal: Principal,
  client: Client,
  surface: Surface = 'WEB',
): TenantScope {
  return grantScope({
    tenantId: tenant.id,
    tenantSlug: tenant.slug,
    tenantName: tenant.name,
    principal,
    permissions: [],
    surface,
    client,
  })
}
