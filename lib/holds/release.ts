import { and, eq, sql } from 'drizzle-orm'
import { legalHolds } from '@/db/schema/retention'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import type { Hold } from './hold'
import type { ReleaseHold } from './input'
import { readHolds } from './read-holds'

/** Ends a legal hold; what waited for it goes on. Releasing it again changes nothing. Throws `not_found`. */
export async function releaseHold(scope: TenantScope, { id, reason }: ReleaseHold): Promise<Hold> {
  requirePermission(scope, 'events:erase')
  const { tenantId, principal } = scope
  return inTenant(scope, async (tx) => {
    const released = await tx
      .update(legalHolds)
      .set({ releasedBy: principal.login, releasedAt: sql`now()`, releaseReason: reason })
      .where(
        and(eq(legalHolds.tenantId, tenantId), eq(legalHolds.id, id), sql`${legalHolds.releasedAt} is null`),
      )
      .returning({ id: legalHolds.id })
    const [hold] = await readHolds(tx, tenantId, id)
    if (!hold) throw new AppError('not_found', 'There is no such legal hold in this workspace.')
    if (released.length > 0)
      await recordEvent(tx, scope, 'LEGAL_HOLD_RELEASED', {
        targets: [{ type: 'legal hold', id }],
        data: { reason, placedFor: hold.reason },
      })
    return hold
  })
}
