import { eq } from 'drizzle-orm'
import { trailHeads } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { type Log, readLog } from './read-log'

/** `nextSeq`: the seq that the trail's next event will get; events from `size` on are not sealed yet. */
export type FoundLog = Log & { nextSeq: number }

/** The tenant's log as it stands; undefined until the sealer has opened it, within its first second. */
export async function findLog(scope: TenantScope): Promise<FoundLog | undefined> {
  requirePermission(scope, 'events:read')
  return inTenant(scope, async (tx) => {
    const log = await readLog(tx, scope.tenantId)
    if (!log) return undefined
    // After the log: what it has sealed is in the trail then, so that the difference is never below zero.
    const [head] = await tx
      .select({ nextSeq: trailHeads.nextSeq })
      .from(trailHeads)
      .where(eq(trailHeads.tenantId, scope.tenantId))
    return { ...log, nextSeq: head?.nextSeq ?? log.size }
  })
}
