import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { type TrailFilter, trailFilterSchema } from '@/lib/trail/filter'
import type { StreamKey } from './matching-events'
import { readableHeads } from './readable-heads'

/** The filter in force from a seq on, and the seq before which it applies and may be read (exclusive). */
export type FilterInForce = { version: number; filter: TrailFilter; before: number }

/** Which filter version judges the event at `seq`. Undefined only if the destination has none from there. */
export async function filterAt(
  db: Database,
  { tenantId, destinationId }: StreamKey,
  seq: number,
): Promise<FilterInForce | undefined> {
  const [row] = await db.execute<{ version: number; filter: unknown; before: number }>(sql`
    select f.version, f.filter, least(h.readable, (
      select min(n.from_seq) from destination_filters n
      where n.tenant_id = f.tenant_id and n.destination_id = f.destination_id and n.from_seq > ${seq}::bigint
    )) as before
    from destination_filters f join ${readableHeads} h on h.tenant_id = f.tenant_id
    where f.tenant_id = ${tenantId} and f.destination_id = ${destinationId} and f.from_seq <= ${seq}::bigint
    order by f.from_seq desc limit 1`)
  return row && { version: row.version, before: row.before, filter: trailFilterSchema.parse(row.filter) }
}

/** A filter version as a batch froze it. */
export async function filterOfVersion(
  db: Database,
  { tenantId, destinationId }: StreamKey,
  version: number,
): Promise<TrailFilter> {
  const [row] = await db.execute<{ filter: unknown }>(sql`
    select filter from destination_filters
    where tenant_id = ${tenantId} and destination_id = ${destinationId} and version = ${version}`)
  return trailFilterSchema.parse(row?.filter)
}
