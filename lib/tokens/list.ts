import { desc, eq } from 'drizzle-orm'
import { users } from '@/db/schema/tenants'
import { tokens } from '@/db/schema/tokens'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'

export type ListedToken = {
  id: string
  name: string
  /** The first characters of the secret. */
  prefix: string
  scopes: string[]
  createdAt: Date
  /** E-mail address of who made it; null for the operator's command line. */
  createdBy: string | null
  expiresAt: Date | null
  revokedAt: Date | null
  /** To the minute. */
  lastUsedAt: Date | null
}

/** All tokens of the workspace, the newest first, revoked and expired ones included. */
export async function listTokens(scope: TenantScope): Promise<ListedToken[]> {
  requirePermission(scope, 'tokens:manage')
  return inTenant(scope, (tx) =>
    tx
      .select({
        id: tokens.id,
        name: tokens.name,
        prefix: tokens.prefix,
        scopes: tokens.scopes,
        createdAt: tokens.createdAt,
        createdBy: users.email,
        expiresAt: tokens.expiresAt,
        revokedAt: tokens.revokedAt,
        lastUsedAt: tokens.lastUsedAt,
      })
      .from(tokens)
      .leftJoin(users, eq(users.id, tokens.createdBy))
      .where(eq(tokens.tenantId, scope.tenantId))
      .orderBy(desc(tokens.createdAt), desc(tokens.id)),
  )
}
