import { and, eq, ne } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { deliveryStreams } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import type { OwnCodeName } from '@/lib/catalog/own-codes'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { findDestination } from './find-destination'

type Switch = {
  state: 'active' | 'paused'
  code: OwnCodeName
  /** Ends the sentence that begins with the destination's name. */
  words: string
  changes?: PgUpdateSetSource<typeof deliveryStreams>
}

/** Switches a destination's stream; a stream that is in that state already stays, and nothing is recorded. */
export async function switchStream(scope: TenantScope, id: string, given: Switch): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const { state, code, words, changes } = given
  await inTenant(scope, async (tx) => {
    const { kind, config } = await findDestination(tx, scope, id)
    const switched = await tx
      .update(deliveryStreams)
      .set({ ...changes, state, reason: null })
      .where(
        and(
          eq(deliveryStreams.tenantId, scope.tenantId),
          eq(deliveryStreams.destinationId, id),
          ne(deliveryStreams.state, state),
        ),
      )
      .returning({ id: deliveryStreams.destinationId })
    if (switched.length === 0) return
    const name = destinationKind(kind).open(config).describe()
    await recordEvent(tx, scope, code, {
      message: `Destination ${name} ${words}`,
      targets: [{ type: 'destination', name, id }],
    })
  })
  return { id }
}
