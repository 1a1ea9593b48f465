import { and, eq, ne } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Transaction } from '@/db/client'
import { deliveryStreams } from '@/db/schema/delivery'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { withCompanions } from './companion-keys'

type Switch = {
  state: 'active' | 'paused'
  changes?: PgUpdateSetSource<typeof deliveryStreams>
}

/**
 * Switches a destination's stream, and those of its companions, which Spoor may have disabled alone. False if all
 * were in that state already.
 */
export async function switchStream(
  tx: Transaction,
  key: StreamKey,
  { state, changes }: Switch,
): Promise<boolean> {
  let isSwitched = false
  for (const { tenantId, destinationId } of await withCompanions(tx, key)) {
    const switched = await tx
      .update(deliveryStreams)
      .set({ ...changes, state, reason: null })
      .where(
        and(
          eq(deliveryStreams.tenantId, tenantId),
          eq(deliveryStreams.destinationId, destinationId),
          ne(deliveryStreams.state, state),
        ),
      )
      .returning({ id: deliveryStreams.destinationId })
    if (switched.length > 0) isSwitched = true
  }
  return isSwitched
}
