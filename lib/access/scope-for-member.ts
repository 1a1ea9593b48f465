import { and, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { members, tenants } from '@/db/schema/tenants'
import { AppError } from '@/lib/errors/app-error'
import { grantScope } from './grant-scope'
import { ROLE_PERMISSIONS } from './roles'
import type { Client, TenantScope } from './scope'

/** A person whose session was checked in this request. */
export type SessionUser = { sessionId: string; userId: string; email: string; name: string }

/**
 * The scope of a signed-in person in the workspace of that name. Throws `not_found` for a workspace of which
 * they are no member, in the same words as for one that doesn't exist.
 */
export async function scopeForMember(user: SessionUser, slug: string, client: Client): Promise<TenantScope> {
  const [found] = await database('auth')
    .select({ id: tenants.id, slug: tenants.slug, name: tenants.name, role: members.role })
    .from(members)
    .innerJoin(tenants, eq(tenants.id, members.tenantId))
    .where(and(eq(members.userId, user.userId), eq(tenants.slug, slug)))
  if (!found) throw new AppError('not_found', 'There is no such workspace, or you are not a member of it.')
  return grantScope({
    tenantId: found.id,
    tenantSlug: found.slug,
    tenantName: found.name,
    principal: {
      kind: 'user',
      id: user.userId,
      login: user.email,
      name: user.name,
      sessionId: user.sessionId,
    },
    permissions: ROLE_PERMISSIONS[found.role],
    surface: 'WEB',
    client,
  })
}
