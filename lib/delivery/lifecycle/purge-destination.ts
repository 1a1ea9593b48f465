import { and, eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { deliveryStreams, destinationFilters, destinations } from '@/db/schema/delivery'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { deleteRows } from './delete-rows'

/** Everything that hangs on a destination and may be much. */
const HISTORY = [
  'delivery_attempts',
  'delivery_batches',
  'delivery_dead',
  'delivery_hours',
  'delivery_digests',
  'delivery_replays',
  'delivery_skips',
  'rule_windows',
  'rule_alarms',
]

/**
 * Deletes for good what is left of a destination that was removed more than thirty days ago, which policies of the
 * database check; its events stay in the trail. A chunk of each table at most; `isDone` if nothing is left.
 */
export async function purgeDestination(key: StreamKey): Promise<{ rows: number; isDone: boolean }> {
  let rows = 0
  let isEmpty = true
  for (const table of HISTORY) {
    const deleted = await deleteRows(database('deliver'), key, table)
    rows += deleted.rows
    isEmpty &&= deleted.isDone
  }
  if (!isEmpty) return { rows, isDone: false }
  const { tenantId, destinationId } = key
  const last = await database('deliver').transaction(async (tx) => {
    for (const table of [deliveryStreams, destinationFilters])
      await tx.delete(table).where(and(eq(table.tenantId, tenantId), eq(table.destinationId, destinationId)))
    return tx
      .delete(destinations)
      .where(and(eq(destinations.tenantId, tenantId), eq(destinations.id, destinationId)))
      .returning({ id: destinations.id })
  })
  return { rows: rows + last.length, isDone: true }
}
