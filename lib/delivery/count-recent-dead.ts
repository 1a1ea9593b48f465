import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import type { StreamKey } from './matching-events'

/** Dead letters of a stream within the last ten minutes, by the database's clock. */
export async function countRecentDead({ tenantId, destinationId }: StreamKey): Promise<number> {
  const [row] = await database('deliver').execute<{ dead: number }>(sql`
    select count(*)::int as dead from delivery_dead
    where tenant_id = ${tenantId} and destination_id = ${destinationId} and at > now() - interval '10 min'`)
  return row?.dead ?? 0
}
