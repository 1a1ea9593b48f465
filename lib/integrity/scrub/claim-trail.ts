import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import type { SeenLog } from './check-head'
import type { KnownFailure } from './scrub-failure'

/** A visit reads for a quarter of a second; one that died is taken over after this. */
const LEASE_SECONDS = 60
/**
 * Between two passes over a trail. A pass over a small one takes milliseconds, and to repeat it without pause would
 * only keep a core busy; over a large one it takes longer than this.
 */
const PASS_MINUTES = 10

/** A trail that this process may scrub until the lease ends, and how far its pass is. Times are Unix milliseconds. */
export type ClaimedTrail = {
  tenantId: string
  version: number
  /** Null: a new pass begins. */
  passStartedMs: number | null
  nextSeq: number
  passEvents: number
  latestReceivedMs: number | null
  retainedSeq: number
  firstSeq: number
  firstHeadSeq: number
  eventsPerSecond: number | null
  seen: SeenLog | null
  failures: KnownFailure[]
  unlisted: number
}

const isDue = sql`(s.pass_started_at is not null or s.last_finished_at is null
  or s.last_finished_at < now() - make_interval(mins => ${PASS_MINUTES}))`

/** Gives every sealed trail its row. */
export async function enrolTrails(): Promise<void> {
  await database('scrub').execute(sql`
    insert into log_scrubs (tenant_id) select tenant_id from log_heads h
    where not exists (select from log_scrubs s where s.tenant_id = h.tenant_id) on conflict do nothing`)
}

/**
 * Claims the trail that was not visited for the longest time among those that are due, or `tenantId` whether it is
 * due or not. Undefined if there is none, or others have it.
 */
export async function claimTrail(tenantId?: string): Promise<ClaimedTrail | undefined> {
  const [claimed] = await database('scrub').execute<ClaimedTrail>(sql`
    update log_scrubs set version = version + 1, visited_at = clock_timestamp(),
      leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where tenant_id = (
      select s.tenant_id from log_scrubs s
      where (s.leased_until is null or s.leased_until < now()) and ${tenantId ? sql`s.tenant_id = ${tenantId}` : isDue}
      order by s.visited_at nulls first limit 1 for update skip locked)
    returning tenant_id as "tenantId", version, date_part('epoch', pass_started_at) * 1000 as "passStartedMs",
      next_seq as "nextSeq", pass_events as "passEvents",
      date_part('epoch', latest_received_at) * 1000 as "latestReceivedMs", retained_seq as "retainedSeq",
      first_seq as "firstSeq", first_head_seq as "firstHeadSeq", events_per_second as "eventsPerSecond", seen,
      failures, unlisted`)
  return claimed
}

export async function isEnrolled(tenantId: string): Promise<boolean> {
  const rows = await database('scrub').execute(sql`select from log_scrubs where tenant_id = ${tenantId}`)
  return rows.length > 0
}
