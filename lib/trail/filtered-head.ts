import { eq, sql } from 'drizzle-orm'
import { trailHeads } from '@/db/schema/events'
import { matchingState } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { hasEntityChoice, type TrailFilter } from './filter'
import { readHead } from './head'

/**
 * The seq below which it is known whether events pass the filter: the trail's head, or, for a filter by entities, how far
 * the trail is matched. Whoever remembers a position goes no further.
 */
export async function readFilteredHead(scope: TenantScope, filter: TrailFilter): Promise<number> {
  if (!hasEntityChoice(filter)) return readHead(scope)
  requirePermission(scope, 'events:read')
  const [head] = await inTenant(scope, (tx) =>
    tx
      .select({ seq: sql<number>`least(${trailHeads.nextSeq}, ${matchingState.nextSeq})::float8` })
      .from(trailHeads)
      .leftJoin(matchingState, eq(matchingState.tenantId, trailHeads.tenantId))
      .where(eq(trailHeads.tenantId, scope.tenantId)),
  )
  return head?.seq ?? 0
}
