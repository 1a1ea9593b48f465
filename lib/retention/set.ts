import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { retentionProgress, retentionSettings } from '@/db/schema/retention'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { lockBlocks } from '@/lib/trail/blocks/lock-blocks'
import type { SetRetention } from './input'
import { readRetention } from './read-retention'
import type { Retention } from './retention'

/** As the event tells it. */
const factsOf = ({ days, types }: Pick<Retention, 'days' | 'types'>) =>
  JSON.stringify({
    days: days ?? 'for ever',
    types: Object.fromEntries(types.map((own) => [own.type, own.days])),
  })

/**
 * Chooses how long events are kept. What was announced to be dropped and is still there is judged anew. Nothing is
 * dropped at once: the first time within six hours.
 */
export async function setRetention(
  scope: TenantScope,
  { days, types, reason }: SetRetention,
): Promise<Retention> {
  requirePermission(scope, 'events:erase')
  const { tenantId, principal } = scope
  return inTenant(scope, async (tx) => {
    await lockBlocks(tx, tenantId)
    const before = await readRetention(tx, tenantId)
    const settings = {
      days,
      types: Object.fromEntries(types.map((own) => [own.type, own.days])),
      updatedBy: principal.login,
      updatedAt: sql`now()`,
    }
    await tx
      .insert(retentionSettings)
      .values({ tenantId, ...settings })
      .onConflictDoUpdate({ target: retentionSettings.tenantId, set: settings })
    await forgetAnnounced(tx, tenantId)
    const after = await readRetention(tx, tenantId)
    await recordEvent(tx, scope, 'RETENTION_SET', {
      oldValue: factsOf(before),
      newValue: factsOf(after),
      data: { reason },
    })
    return after
  })
}

async function forgetAnnounced(tx: Transaction, tenantId: string): Promise<void> {
  await tx
    .update(retentionProgress)
    .set({ dropTo: null, noticeSeq: null, heldBy: null })
    .where(eq(retentionProgress.tenantId, tenantId))
}
