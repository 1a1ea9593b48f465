import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import type { StreamKey } from './matching-events'
import { readableHeads } from './readable-heads'

/** A tenant's streams that are due, free and behind its trail: at most `limit`, longest waiting first. */
export async function findDueStreams(
  tenantId: string,
  limit: number,
  except: readonly string[],
): Promise<StreamKey[]> {
  const excluded = `{${except.join(',')}}`
  const rows = await database('deliver').execute<{ destination_id: string }>(sql`
    select s.destination_id from delivery_streams s join ${readableHeads} h on h.tenant_id = s.tenant_id
    where s.tenant_id = ${tenantId} and s.state = 'active' and s.due_at <= now()
      and (s.lease_until is null or s.lease_until < now()) and s.next_seq < h.readable
      and s.destination_id <> all(${excluded}::uuid[])
    order by s.due_at limit ${limit}`)
  return rows.map((row) => ({ tenantId, destinationId: row.destination_id }))
}
