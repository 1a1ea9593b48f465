import { and, eq, sql } from 'drizzle-orm'
import { planExecutions } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { decodeMomentCursor, encodeMomentCursor } from '@/lib/forwarding/moment-cursor'
import type { ListExecutions } from './input'
import type { ExecutionView } from './plan-view'
import { readExecutions, readPlan } from './read-plans'

const x = planExecutions

/** The times that a plan was begun, latest first, by pages. Throws `not_found`. */
export async function listExecutions(
  scope: TenantScope,
  { id, after, limit }: ListExecutions,
): Promise<{ executions: ExecutionView[]; next: string | null }> {
  requirePermission(scope, 'collection:read')
  const { tenantId } = scope
  const cursor = after === undefined ? undefined : decodeMomentCursor(after)
  return inTenant(scope, async (tx) => {
    await readPlan(tx, tenantId, id)
    const behind =
      cursor && sql`(${x.startedAt}, ${x.id}) < (${cursor.at.toISOString()}::timestamptz, ${cursor.id}::uuid)`
    const found = await readExecutions(tx, tenantId, {
      where: and(eq(x.planId, id), behind),
      limit: limit + 1,
    })
    const executions = found.slice(0, limit)
    const last = found.length > limit ? executions.at(-1) : undefined
    return { executions, next: last ? encodeMomentCursor({ at: last.startedAt, id: last.id }) : null }
  })
}
