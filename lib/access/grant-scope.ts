import type { Client, Permission, Principal, Surface, TenantScope } from './scope'

/** Makes a scope. Only the files of `lib/access` call it, each after its own check. */
export function grantScope(fields: {
  tenantId: string
  tenantSlug: string
  tenantName: string
  principal: Principal
  permissions: Iterable<Permission>
  surface: Surface
  client?: Client
}): TenantScope {
  return Object.freeze({
    ...fields,
    permissions: new Set(fields.permissions),
    client: fields.client ?? {},
  }) as unknown as TenantScope
}
