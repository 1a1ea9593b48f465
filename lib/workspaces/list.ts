import { asc, notInArray } from 'drizzle-orm'
import { database } from '@/db/client'
import { tenants } from '@/db/schema/tenants'
import { ANCHOR_TENANT_ID, INSTANCE_TENANT_ID } from '@/lib/access/instance-tenant'

export type ListedWorkspace = { id: string; slug: string; name: string; createdAt: Date }

/** All workspaces of the instance, the oldest first: for the operator's command line, and nobody else. */
export async function listAllWorkspaces(): Promise<ListedWorkspace[]> {
  return database('auth')
    .select({ id: tenants.id, slug: tenants.slug, name: tenants.name, createdAt: tenants.createdAt })
    .from(tenants)
    .where(notInArray(tenants.id, [INSTANCE_TENANT_ID, ANCHOR_TENANT_ID]))
    .orderBy(asc(tenants.createdAt), asc(tenants.id))
}
