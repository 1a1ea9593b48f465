import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { retainNextChunk } from './retain-next-chunk'

/** Retention is counted in days: four looks a day are enough. */
export const RUN_EVERY_MS = 6 * 3_600_000
/** Between two chunks others get the trail's locks and the disk. */
const PAUSE_MS = 25
const BROKEN_MS = 10 * 60_000

/** Trails left alone, and until when (`performance.now()`). */
const broken = new Map<string, number>()

/** Tenants that chose a time of retention and weren't looked at lately, or whose announced events are still there. */
async function findDue(): Promise<string[]> {
  const rows = await database('retain').execute<{ tenant_id: string }>(sql`
    select s.tenant_id from retention_settings s left join retention_progress p on p.tenant_id = s.tenant_id
    where (s.days is not null or s.types <> '{}')
      and (p.tenant_id is null or p.drop_to is not null
        or p.checked_at < now() - make_interval(secs => ${RUN_EVERY_MS / 1000}))
    order by p.checked_at nulls first`)
  return rows.map((row) => row.tenant_id)
}

export type RetentionCounts = { trails: number; dropped: number; emptied: number }

async function retainTrail(tenantId: string, isOver: () => boolean, counts: RetentionCounts): Promise<void> {
  try {
    const scope = await scopeForSystem(tenantId, 'SCHEDULER')
    for (let isDone = false; !isDone && !isOver(); ) {
      const chunk = await retainNextChunk(scope)
      counts.dropped += chunk.dropped
      counts.emptied += chunk.emptied
      isDone = chunk.isDone
      if (!isDone) await sleep(PAUSE_MS)
    }
    counts.trails++
  } catch (error) {
    if (isAwayForAll(error)) throw error
    reportError(error, newReference())
    broken.set(tenantId, performance.now() + BROKEN_MS)
  }
}

/**
 * Drops and empties events whose time has passed, in all trails that are due, until nothing is left, the budget is
 * used up or the signal aborts. Safe to run in several processes at once, and to be killed at any time.
 */
export async function retainTrails(options: {
  budgetMs: number
  signal?: AbortSignal
}): Promise<RetentionCounts> {
  const deadline = performance.now() + options.budgetMs
  const isOver = () => options.signal?.aborted === true || performance.now() > deadline
  for (const [tenantId, until] of broken) if (until < performance.now()) broken.delete(tenantId)
  const counts: RetentionCounts = { trails: 0, dropped: 0, emptied: 0 }
  for (const tenantId of await findDue())
    if (!isOver() && !broken.has(tenantId)) await retainTrail(tenantId, isOver, counts)
  return counts
}
