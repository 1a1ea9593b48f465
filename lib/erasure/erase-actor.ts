import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { trailHeads } from '@/db/schema/events'
import { erasures } from '@/db/schema/retention'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { refuseUnderHold } from '@/lib/holds/active-hold'
import type { Erasure } from './erasure'
import type { EraseActor } from './input'
import { readErasures } from './read-erasures'

/**
 * Asks for everything about one actor to be erased from all events that are there now: who they are where they acted
 * or others acted for them, the targets that name them, and (`mentions`) each other value in which they stand. What
 * was done, when, and with which result stays. Resolves when it has begun. Throws `conflict` under a legal hold.
 */
export async function eraseActor(scope: TenantScope, input: EraseActor): Promise<Erasure> {
  requirePermission(scope, 'events:erase')
  const { tenantId, principal } = scope
  const { actor, mentions, reasonCode, note } = input
  const id = randomUUID()
  return inTenant(scope, async (tx) => {
    await refuseUnderHold(tx, tenantId)
    const [head] = await tx
      .select({ first: trailHeads.firstSeq, next: trailHeads.nextSeq })
      .from(trailHeads)
      .where(eq(trailHeads.tenantId, tenantId))
    await tx.insert(erasures).values({
      tenantId,
      id,
      kind: 'actor',
      state: 'running',
      reasonCode,
      note,
      pointers: [],
      actor,
      mentions,
      nextSeq: head?.first ?? 0,
      throughSeq: head?.next ?? 0,
      requestedBy: principal.login,
    })
    const [erasure] = await readErasures(tx, tenantId, id)
    // Not whose: this event stays.
    await recordEvent(tx, scope, 'ERASURE_REQUESTED', {
      targets: [{ type: 'erasure', id }],
      data: { kind: 'actor', mentions, reasonCode, ...(note && { note }) },
    })
    return erasure as Erasure
  })
}
