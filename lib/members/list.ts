import { asc, eq } from 'drizzle-orm'
import { members, users } from '@/db/schema/tenants'
import { inTenant } from '@/lib/access/in-tenant'
import type { Role } from '@/lib/access/roles'
import type { TenantScope } from '@/lib/access/scope'

export type ListedMember = { userId: string; email: string; name: string; role: Role; joinedAt: Date }

/** The people of the workspace, the first joined first. Every member may see who the others are. */
export async function listMembers(scope: TenantScope): Promise<ListedMember[]> {
  return inTenant(scope, (tx) =>
    tx
      .select({
        userId: users.id,
        email: users.email,
        name: users.name,
        role: members.role,
        joinedAt: members.createdAt,
      })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(eq(members.tenantId, scope.tenantId))
      .orderBy(asc(members.createdAt), asc(users.id)),
  )
}
