import { sql } from 'drizzle-orm'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { wordsOf } from '@/lib/delivery/destinations/roles'
import { AppError } from '@/lib/errors/app-error'
import { withCompanions } from './companion-keys'
import { recordDestinationEvent } from './destination-event'
import { findDestination } from './find-destination'
import { changeStream, lockStream } from './find-stream'
import type { DestinationId } from './input'

/**
 * Has a destination tried again at once, not only when its time comes; of one that collects events first, what there
 * is goes as soon as it can. Throws `not_found`, and `conflict` while it is switched off.
 */
export async function retryNow(scope: TenantScope, { id, role }: DestinationId): Promise<{ id: string }> {
  requirePermission(scope, 'destinations:manage')
  const key = { tenantId: scope.tenantId, destinationId: id }
  await inTenant(scope, async (tx) => {
    const row = await findDestination(tx, scope, { id, role })
    const { state, consecutiveFailures } = await lockStream(tx, key)
    if (state !== 'active')
      throw new AppError(
        'conflict',
        `This ${wordsOf(row).noun} is switched off. Resume it, and it is tried at once.`,
      )
    for (const companion of await withCompanions(tx, key))
      await changeStream(tx, companion, { dueAt: sql`now()` })
    await recordDestinationEvent(tx, scope, row, 'DESTINATION_RETRIED', 'is tried again at once', {
      failures: consecutiveFailures,
    })
  })
  return { id }
}
