import { and, type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { events } from '@/db/schema/events'
import { GROUP_VALUES } from './group-value'
import type { RuleGroup } from './rule'

/** An event with the value that it is counted by. */
export type GroupEvent = { seq: number; receivedAtMs: number; value: string }

/** The events under these conditions that belong to a group, in the order of the trail, without their bodies. */
export async function readGroupEvents(
  db: Database,
  conditions: SQL[],
  per: RuleGroup,
): Promise<GroupEvent[]> {
  const value = GROUP_VALUES[per]
  return db.execute<GroupEvent>(sql`
    select ${events.seq} as seq, (extract(epoch from ${events.receivedAt}) * 1000)::float8 as "receivedAtMs", ${value} as value
    from ${events} where ${and(...conditions, sql`${value} is not null`)} order by ${events.seq}`)
}
