import { type SQL, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { DISABLE_AFTER_DAYS, MIN_SPACED_FAILURES, TOLD_DISABLED, WARN_AFTER_HOURS } from './failure-steps'

/**
 * What there is to tell of a stream. `disabled` was switched off because its receiver asked for it; `disabling` is
 * what has failed for so long that it is switched off now.
 */
export type News = 'failing' | 'disabling' | 'disabled' | 'recovered'

export type Trouble = {
  destinationId: string
  news: News
  /** The number of warnings that are due by now. */
  step: number
  /** As it was found: if it has changed, somebody else told it, or it is over. */
  warnings: number
}

const isOlder = (interval: string) => sql`first_failure_at <= now() - ${interval}::interval`

/** Warnings due by the database's clock. */
const step: SQL = sql.join(
  WARN_AFTER_HOURS.map((hours) => sql`(case when ${isOlder(`${hours} hours`)} then 1 else 0 end)`),
  sql` + `,
)

// What a stream that is being served failed before may be over in a moment.
export const newsOfStream: SQL = sql`case
  when state = 'disabled' and warnings <> ${TOLD_DISABLED} then 'disabled'
  when state in ('active', 'paused') and warnings < 0 then 'recovered'
  when state = 'active' and (lease_until is null or lease_until < now())
    and ${isOlder(`${DISABLE_AFTER_DAYS} days`)} and spaced_failures >= ${MIN_SPACED_FAILURES} then 'disabling'
  when state = 'active' and warnings < ${step} then 'failing' end`

/** The rows of the index of troubled streams, with what there is to tell of each. */
const troubled = sql`(
  select tenant_id, destination_id, ${newsOfStream} as news, ${step} as step, warnings from delivery_streams
  where first_failure_at is not null or warnings <> 0)`

/** Tenants with something to tell, at most `limit`. */
export async function findTroubledTenants(limit: number, except: readonly string[]): Promise<string[]> {
  const rows = await database('deliver').execute<{ tenant_id: string }>(sql`
    select distinct tenant_id from ${troubled} t
    where news is not null and tenant_id <> all(${`{${except.join(',')}}`}::uuid[]) limit ${limit}`)
  return rows.map((row) => row.tenant_id)
}

/** A tenant's streams with something to tell, at most `limit`. */
export async function findTroubles(tenantId: string, limit: number): Promise<Trouble[]> {
  return database('deliver').execute<Trouble>(sql`
    select destination_id as "destinationId", news, step, warnings from ${troubled} t
    where tenant_id = ${tenantId} and news is not null order by destination_id limit ${limit}`)
}
