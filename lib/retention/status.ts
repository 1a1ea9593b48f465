import { eq } from 'drizzle-orm'
import { trailHeads } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { findActiveHold } from '@/lib/holds/active-hold'
import { NEVER, readProgress, readRetention } from './read-retention'
import { RUN_EVERY_MS } from './retain-trails'
import type { RetentionStatus } from './retention'

const WORDS = {
  legal_hold: 'A legal hold is active: nothing is dropped until it is released.',
  destination:
    'An active destination has not got these events yet. They wait for it for seven days at most, then they go.',
  seal: 'Events are not sealed yet: nothing is dropped that the log does not hold.',
} as const

/** What retention has done in this trail, and what it waits for. */
export function retentionStatus(scope: TenantScope): Promise<RetentionStatus> {
  requirePermission(scope, 'events:read')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    const { days, types } = await readRetention(tx, tenantId)
    const progress = await readProgress(tx, tenantId)
    const [head] = await tx
      .select({ firstSeq: trailHeads.firstSeq })
      .from(trailHeads)
      .where(eq(trailHeads.tenantId, tenantId))
    const isChosen = days !== null || types.length > 0
    const hold = isChosen ? await findActiveHold(tx, tenantId) : undefined
    const heldBy = hold === undefined ? (progress?.heldBy ?? null) : 'legal_hold'
    // What was noted of a hold that was released since then says nothing any more.
    const isHeld = heldBy !== null && isChosen && (heldBy !== 'legal_hold' || hold !== undefined)
    const checkedAt = progress && progress.checkedAt > NEVER ? progress.checkedAt : null
    return {
      firstSeq: head?.firstSeq ?? 0,
      droppedEvents: progress?.droppedEvents ?? 0,
      emptiedEvents: progress?.emptiedEvents ?? 0,
      checkedAt,
      nextRunAt: isChosen
        ? new Date((checkedAt?.getTime() ?? Date.now() - RUN_EVERY_MS) + RUN_EVERY_MS)
        : null,
      droppingTo: progress?.dropTo ?? null,
      held: isHeld
        ? { by: heldBy, words: hold === undefined ? WORDS[heldBy] : `${WORDS.legal_hold} (${hold})` }
        : null,
    }
  })
}
