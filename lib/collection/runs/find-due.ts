import { sql } from 'drizzle-orm'
import { database } from '@/db/client'

/** More than one look can begin; the next look finds the rest. */
const MAX_FOUND = 500
/** Of a workspace: one with hundreds of silos must not hide those that asked after it. */
const MAX_OF_TENANT = 20

/** Something that waits: a plan's time, a silo that is quiet for too long, a run that nobody works on. */
export type Due = { what: 'plan' | 'quiet' | 'run'; tenantId: string; id: string }

/** What is due in all tenants, runs in the order of asking. One statement, as it is asked every second. */
export async function findDue(): Promise<Due[]> {
  return database('collect').execute<Due>(sql`
    select 'plan' as what, tenant_id as "tenantId", id from plans where next_at <= now() and removed_at is null
    union all
    select 'quiet', tenant_id, id from silos where quiet_at <= now() and quiet_told_at is null and removed_at is null
    union all
    (select 'run', tenant_id, id from (
      select r.tenant_id, r.id, r.requested_at,
        row_number() over (partition by r.tenant_id order by r.requested_at, r.id) as turn
      from collection_runs r
      where r.state in ('queued', 'running') and (r.lease_until is null or r.lease_until < now())
        and not exists (select from collection_runs b where b.tenant_id = r.tenant_id
          and b.execution_id = r.execution_id and b.place < r.place and b.state in ('queued', 'running'))
      ) waiting where turn <= ${MAX_OF_TENANT} order by requested_at limit ${MAX_FOUND})`)
}
