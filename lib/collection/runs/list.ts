import { and, eq, sql } from 'drizzle-orm'
import { collectionRuns } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readSilo } from '@/lib/collection/silos/find-silo'
import { decodeMomentCursor, encodeMomentCursor } from '@/lib/forwarding/moment-cursor'
import type { ListRuns } from './input'
import { readRuns } from './read-runs'
import type { RunView } from './run-view'

const r = collectionRuns

/** Runs of a silo or of all, latest first, by pages. Throws `not_found` for a silo that isn't there. */
export async function listRuns(
  scope: TenantScope,
  { silo, after, limit }: ListRuns,
): Promise<{ runs: RunView[]; next: string | null }> {
  requirePermission(scope, 'collection:read')
  const { tenantId } = scope
  const cursor = after === undefined ? undefined : decodeMomentCursor(after)
  return inTenant(scope, async (tx) => {
    const where = and(
      silo === undefined ? undefined : eq(r.siloId, (await readSilo(tx, scope, silo)).id),
      cursor &&
        sql`(${r.requestedAt}, ${r.id}) < (${cursor.at.toISOString()}::timestamptz, ${cursor.id}::uuid)`,
    )
    const found = await readRuns(tx, tenantId, { where, limit: limit + 1 })
    const runs = found.slice(0, limit)
    const last = found.length > limit ? runs.at(-1) : undefined
    return { runs, next: last ? encodeMomentCursor({ at: last.requestedAt, id: last.id }) : null }
  })
}
