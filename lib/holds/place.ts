import { randomUUID } from 'node:crypto'
import { legalHolds } from '@/db/schema/retention'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { lockBlocks } from '@/lib/trail/blocks/lock-blocks'
import type { Hold } from './hold'
import type { PlaceHold } from './input'
import { readHolds } from './read-holds'

/** Holds the trail: when this resolves nothing of it is erased or dropped any more, not even what had begun. */
export async function placeHold(scope: TenantScope, { reason, until }: PlaceHold): Promise<Hold> {
  requirePermission(scope, 'events:erase')
  const { tenantId, principal } = scope
  const id = randomUUID()
  return inTenant(scope, async (tx) => {
    await lockBlocks(tx, tenantId)
    const ends = until === undefined ? null : new Date(until)
    await tx.insert(legalHolds).values({ tenantId, id, reason, until: ends, placedBy: principal.login })
    const [hold] = await readHolds(tx, tenantId, id)
    await recordEvent(tx, scope, 'LEGAL_HOLD_PLACED', {
      targets: [{ type: 'legal hold', id }],
      data: { reason, until: ends?.toISOString() ?? null },
    })
    return hold as Hold
  })
}
