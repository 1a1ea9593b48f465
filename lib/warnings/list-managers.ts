import { and, eq, inArray } from 'drizzle-orm'
import { members, users } from '@/db/schema/tenants'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { MANAGING_ROLES } from './managing-roles'

/** Addresses of those who are warned, in order. */
export async function listManagers(scope: TenantScope): Promise<string[]> {
  const rows = await inTenant(scope, (tx) =>
    tx
      .select({ email: users.email })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.tenantId, scope.tenantId), inArray(members.role, MANAGING_ROLES)))
      .orderBy(users.email),
  )
  return rows.map(({ email }) => email)
}
