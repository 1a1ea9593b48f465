import { sql } from 'drizzle-orm'
import { database } from '@/db/client'

/** Kept for so long. The database's policy says the same. */
const KEPT_DAYS = 90
/** Rows deleted by one statement, with the receipts of each. */
const CHUNK = 1_000

/**
 * Forgets notifications whose time has passed, and who was shown them; until none is left or `isOver`. Gives how many.
 * Overlapping runs do no harm.
 */
export async function pruneNotifications(isOver: () => boolean): Promise<number> {
  let pruned = 0
  for (let deleted = CHUNK; deleted === CHUNK && !isOver(); pruned += deleted)
    ({ count: deleted } = await database('deliver').execute(sql`
      delete from notifications where (tenant_id, number) in (
        select tenant_id, number from notifications
        where at < now() - make_interval(days => ${KEPT_DAYS}) limit ${CHUNK})`))
  return pruned
}
