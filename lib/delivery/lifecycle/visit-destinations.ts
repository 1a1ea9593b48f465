import { sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { pruneDestination } from './prune-destination'
import { purgeDestination } from './purge-destination'

/** A busy stream makes a hundred thousand attempts within it, ten times what is kept of them. */
const VISIT_EVERY_MINUTES = 60
/** Destinations found by one look. */
const GROUP = 50
/** So long may a removed one be brought back. The database's policies say the same. */
const UNDO_DAYS = 30

type Due = { tenantId: string; destinationId: string; isForgotten: boolean }

export type VisitCounts = { pruned: number; purged: number }

async function findDue(): Promise<Due[]> {
  return database('deliver').execute<Due>(sql`
    select tenant_id as "tenantId", id as "destinationId",
      coalesce(removed_at < now() - make_interval(days => ${UNDO_DAYS}), false) as "isForgotten"
    from destinations where pruned_at < now() - make_interval(mins => ${VISIT_EVERY_MINUTES})
    order by pruned_at limit ${GROUP}`)
}

async function visit(due: Due, isOver: () => boolean, counts: VisitCounts): Promise<void> {
  try {
    for (let isDone = false; !isDone; ) {
      if (isOver()) return
      const done = await (due.isForgotten ? purgeDestination(due) : pruneDestination(due))
      isDone = done.isDone
      counts.pruned += done.rows
      if (due.isForgotten && isDone) counts.purged++
    }
  } catch (error) {
    if (isAwayForAll(error)) throw error
    reportError(error, newReference())
  }
  // Also after an error: a destination that can't be pruned must not keep the others waiting.
  await database('deliver').execute(sql`
    update destinations set pruned_at = now() where tenant_id = ${due.tenantId} and id = ${due.destinationId}`)
}

/**
 * Looks at each destination once an hour, removed ones too, and deletes of its history what nobody needs any more, in
 * chunks. `pruned` counts rows, `purged` destinations that are gone for good. Overlapping runs do no harm.
 */
export async function visitDestinations(isOver: () => boolean): Promise<VisitCounts> {
  const counts: VisitCounts = { pruned: 0, purged: 0 }
  for (let due = await findDue(); due.length > 0 && !isOver(); due = await findDue())
    for (const each of due) await visit(each, isOver, counts)
  return counts
}
