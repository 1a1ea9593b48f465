import { eq } from 'drizzle-orm'
import { trailHeads } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'

/** The seq that the tenant's next event will get: every event below it can be read. */
export async function readHead(scope: TenantScope): Promise<number> {
  requirePermission(scope, 'events:read')
  const [head] = await inTenant(scope, (tx) =>
    tx
      .select({ nextSeq: trailHeads.nextSeq })
      .from(trailHeads)
      .where(eq(trailHeads.tenantId, scope.tenantId)),
  )
  return head?.nextSeq ?? 0
}
