import { randomBytes, randomUUID } from 'node:crypto'
import { becomeTenant, type Transaction } from '@/db/client'
import { trailHeads } from '@/db/schema/events'
import { members, tenants } from '@/db/schema/tenants'

export type Workspace = { id: string; slug: string; name: string }

/** HMAC-SHA-256 keys gain nothing beyond the digest's 32 bytes. */
const ID_KEY_BYTES = 32

/**
 * Inserts a workspace with its owner and its empty trail, in an `auth` transaction, which acts as the new
 * tenant from then on. Undefined if the slug is taken.
 */
export async function insertWorkspace(
  tx: Transaction,
  { slug, name }: { slug: string; name: string },
  ownerId: string,
): Promise<Workspace | undefined> {
  const [workspace] = await tx
    .insert(tenants)
    .values({ id: randomUUID(), slug, name, idKey: randomBytes(ID_KEY_BYTES) })
    .onConflictDoNothing({ target: tenants.slug })
    .returning({ id: tenants.id, slug: tenants.slug, name: tenants.name })
  if (!workspace) return undefined
  await tx.insert(members).values({ tenantId: workspace.id, userId: ownerId, role: 'owner' })
  await becomeTenant(tx, workspace.id)
  await tx.insert(trailHeads).values({ tenantId: workspace.id })
  return workspace
}
