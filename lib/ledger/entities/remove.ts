import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import { readEntity } from './find-entity'
import { forgetShown } from './forget-shown'
import type { EntityId } from './input'
import { lockLedger } from './lock-ledger'
import { dropEntities } from './write-entities'

/**
 * Removes an entity with all that is known of it. Events that it was matched with show their own names again, once
 * they are matched again in the background. Throws `not_found`.
 */
export async function removeEntity(scope: TenantScope, { id }: EntityId): Promise<{ id: string }> {
  requirePermission(scope, 'ledger:write')
  const { tenantId } = scope
  await inTenant(scope, async (tx) => {
    await lockLedger(tx, tenantId)
    const { type, key } = await readEntity(tx, tenantId, id)
    await dropEntities(tx, tenantId, [id])
    const what = `${ENTITY_LABELS[type].one} ${key}`
    await askToRematch(tx, tenantId, `${what} was removed`)
    await forgetShown(tx, tenantId, [id])
    await recordEvent(tx, scope, 'LEDGER_ENTITY_REMOVED', {
      message: `${what} was removed from the ledger`,
      targets: [{ type, name: key, id }],
    })
  })
  return { id }
}
