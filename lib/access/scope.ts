import { AppError } from '@/lib/errors/app-error'

export const PERMISSIONS = [
  'events:read',
  'events:write',
  'events:erase',
  'tokens:manage',
  'destinations:read',
  'destinations:manage',
  'collection:read',
  'collection:write',
  'collection:manage',
  'ledger:read',
  'ledger:write',
  'ledger:manage',
  'integrity:manage',
  'workspace:manage',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** Where a request reached us: recorded with every event of our own. */
export type Surface = 'WEB' | 'API' | 'CLI' | 'WORKER' | 'SCHEDULER'

/**
 * Who asks. `login` is what a reader of the trail recognises: an e-mail address, a token's name. `id` is empty
 * for somebody who tried to sign in to an account that doesn't exist.
 */
export type Principal = {
  kind: 'user' | 'token' | 'system'
  id: string
  login: string
  name?: string
  sessionId?: string
}

/** The client at the other end, where there is one. */
export type Client = { ip?: string; userAgent?: string }

declare const madeByAccess: unique symbol

/**
 * Who asks, for which tenant, with which permissions. The first argument of everything that touches a
 * tenant's data; only `lib/access` makes one, after it has checked.
 */
export type TenantScope = Readonly<{
  tenantId: string
  tenantSlug: string
  tenantName: string
  principal: Principal
  permissions: ReadonlySet<Permission>
  surface: Surface
  client: Client
  [madeByAccess]: true
}>

/** Throws `forbidden` unless the scope holds the permission. */
export function requirePermission(scope: TenantScope, permission: Permission): void {
  if (scope.permissions.has(permission)) return
  const who = scope.principal.kind === 'token' ? 'This token' : 'Your role'
  throw new AppError('forbidden', `${who} lacks the permission ${permission} in ${scope.tenantName}.`)
}
