import { sql } from 'drizzle-orm'
import { writtenOnce } from '@/db/execute-prepared'
import type { StreamKey } from './matching-events'
import { matchedEnd, readableHeads } from './readable-heads'
import { hasEnough } from './schedule'

/** Tenants looked at in one go; the rest is looked at when these are served. */
const MAX_TENANTS = 64

const list = (ids: readonly string[]) => `{${ids.join(',')}}`
const listGiven = (name: string) => sql`${sql.placeholder(name)}::text::uuid[]`
/** Less than the whole condition would say, but what the index can look up stands beside it. */
const isMatched = sql`s.next_seq < coalesce(${matchedEnd}, h.readable)`
const isFree = sql`s.state = 'active' and (s.lease_until is null or s.lease_until < now())`

const selectTenants = writtenOnce<{ tenantId: string }, { except: string }>(
  'deliver',
  sql`
    select h.tenant_id as "tenantId" from ${readableHeads} h cross join lateral (
      (select s.due_at from delivery_streams s
        where s.tenant_id = h.tenant_id and s.next_seq < h.readable and s.due_at <= now() and ${isFree} and ${isMatched}
        order by s.next_seq limit 1)
      union all (select s.due_at from delivery_streams s
        where s.tenant_id = h.tenant_id and ${isFree} and ${hasEnough}
        order by s.next_seq + s.flush_events limit 1)
      union all (select s.due_at from delivery_streams s
        where s.tenant_id = h.tenant_id and s.running_replays > 0 and s.due_at <= now() and ${isFree}
        order by s.due_at limit 1)
      order by due_at limit 1
    ) s
    where h.tenant_id <> all(${listGiven('except')})
    order by s.due_at limit ${MAX_TENANTS}::int`,
)

const selectStreams = writtenOnce<StreamKey, { tenantIds: string; except: string; limit: number }>(
  'deliver',
  sql`
    select h.tenant_id as "tenantId", s.destination_id as "destinationId"
    from ${readableHeads} h cross join lateral (
      select s.destination_id, s.due_at from delivery_streams s
      where s.tenant_id = h.tenant_id and ${isFree} and (s.due_at <= now() or ${hasEnough})
        and ((s.next_seq < h.readable and ${isMatched}) or s.running_replays > 0) and s.destination_id <> all(${listGiven('except')})
      order by s.due_at limit ${sql.placeholder('limit')}::int
    ) s
    where h.tenant_id = any(${listGiven('tenantIds')})
    order by s.due_at`,
)

/**
 * Tenants with a stream that is due, free and behind its trail, longest waiting first. Index probes a tenant: a
 * caught-up tenant has no stream below its head, and of sixty thousand due ones the first is enough. Two more find
 * streams that collected enough before their time, and those with something to replay.
 */
export async function findDueTenants(except: readonly string[]): Promise<string[]> {
  const rows = await selectTenants({ except: list(except) })
  return rows.map(({ tenantId }) => tenantId)
}

/** These tenants' streams that may be served now: of each at most `limit`, longest waiting first. */
export function findDueStreams(
  tenantIds: readonly string[],
  limit: number,
  except: readonly string[],
): Promise<StreamKey[]> {
  return selectStreams({ tenantIds: list(tenantIds), except: list(except), limit })
}
