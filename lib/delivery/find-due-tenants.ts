import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { readableHeads } from './readable-heads'

/** Tenants looked at in one go; the rest is looked at when these are served. */
const MAX_TENANTS = 64

/**
 * Tenants with a stream that is due, free and behind its trail, longest waiting first. One index probe a tenant:
 * a caught-up tenant has no stream below its head, and of sixty thousand due ones the first is enough.
 */
export async function findDueTenants(except: readonly string[]): Promise<string[]> {
  const excluded = `{${except.join(',')}}`
  const rows = await database('deliver').execute<{ tenant_id: string }>(sql`
    select h.tenant_id from ${readableHeads} h cross join lateral (
      select s.due_at from delivery_streams s
      where s.tenant_id = h.tenant_id and s.state = 'active' and s.next_seq < h.readable
        and s.due_at <= now() and (s.lease_until is null or s.lease_until < now())
      order by s.next_seq limit 1
    ) s
    where h.tenant_id <> all(${excluded}::uuid[])
    order by s.due_at limit ${MAX_TENANTS}`)
  return rows.map((row) => row.tenant_id)
}
