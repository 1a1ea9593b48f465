import { and, desc, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { destinationFilters } from '@/db/schema/delivery'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { type TrailFilter, trailFilterSchema } from '@/lib/trail/filter'

/** The filter that judges new events. */
export async function currentFilter(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
): Promise<{ version: number; filter: TrailFilter }> {
  const [row] = await tx
    .select({ version: destinationFilters.version, filter: destinationFilters.filter })
    .from(destinationFilters)
    .where(
      and(eq(destinationFilters.tenantId, tenantId), eq(destinationFilters.destinationId, destinationId)),
    )
    .orderBy(desc(destinationFilters.version))
    .limit(1)
  if (!row) throw new Error(`destination ${destinationId} has no filter`)
  return { version: row.version, filter: trailFilterSchema.parse(row.filter) }
}
