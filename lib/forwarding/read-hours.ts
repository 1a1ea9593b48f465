import { and, eq, gte, sql } from 'drizzle-orm'
import { deliveryHours } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { readDestination } from './find-destination'

const HOUR_MS = 3_600_000
/** A month: what a chart can show. */
export const MAX_HOURS = 744

/** What happened within the hour that begins at `hour`. `behind` is null where nothing did. */
export type HourView = {
  hour: Date
  sentEvents: number
  sentBatches: number
  failedAttempts: number
  deadEvents: number
  behind: number | null
}

const QUIET = { sentEvents: 0, sentBatches: 0, failedAttempts: 0, deadEvents: 0, behind: null }

/** The last `hours` hours of a destination, each of them, oldest first, the running one last. Throws `not_found`. */
export async function readHours(
  scope: TenantScope,
  id: string,
  hours: number,
  role?: DestinationRole,
): Promise<HourView[]> {
  requirePermission(scope, 'destinations:read')
  const count = Math.max(1, Math.min(hours, MAX_HOURS))
  const h = deliveryHours
  return inTenant(scope, async (tx) => {
    await readDestination(tx, scope, { id, role })
    const now = sql<number>`(extract(epoch from date_trunc('hour', now(), 'UTC')) * 1000)::float8`
    const [clock] = await tx.execute<{ now: number }>(sql`select ${now} as now`)
    const last = clock?.now ?? 0
    const from = new Date(last - (count - 1) * HOUR_MS)
    const rows = await tx
      .select({
        hour: h.hour,
        sentEvents: h.sentEvents,
        sentBatches: h.sentBatches,
        failedAttempts: h.failedAttempts,
        deadEvents: h.deadEvents,
        behind: h.behind,
      })
      .from(h)
      .where(and(eq(h.tenantId, scope.tenantId), eq(h.destinationId, id), gte(h.hour, from)))
    const known = new Map(rows.map((row) => [row.hour.getTime(), row]))
    return Array.from({ length: count }, (_, i) => {
      const hour = from.getTime() + i * HOUR_MS
      return known.get(hour) ?? { hour: new Date(hour), ...QUIET }
    })
  })
}
