import { asc, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { members, tenants } from '@/db/schema/tenants'
import type { SessionUser } from '@/lib/access/scope-for-member'
import type { Workspace } from './insert-workspace'

/** The workspaces of a signed-in person, the first joined first. */
export async function listOwnWorkspaces(person: SessionUser): Promise<Workspace[]> {
  return database('auth')
    .select({ id: tenants.id, slug: tenants.slug, name: tenants.name })
    .from(members)
    .innerJoin(tenants, eq(tenants.id, members.tenantId))
    .where(eq(members.userId, person.userId))
    .orderBy(asc(members.createdAt), asc(tenants.id))
}
