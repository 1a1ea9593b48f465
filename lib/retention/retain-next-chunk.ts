import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { trailHeads } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readSealedSize } from '@/lib/erasure/find-events'
import { findActiveHold } from '@/lib/holds/active-hold'
import { TILE_WIDTH } from '@/lib/integrity/tree/tile'
import { lockBlocks } from '@/lib/trail/blocks/lock-blocks'
import { announceDrop, dropChunk } from './drop-events'
import { emptyEvents } from './empty-events'
import { findExpired } from './expired-range'
import { type Progress, readProgress, readRetention, writeProgress } from './read-retention'

/** Events under the last, partial tile are emptied once a day at most: each time costs an event of its own. */
const PARTIAL_DELAY_DAYS = 1
/** Where a type's events are kept as long as all, they are dropped with them. */
const ALL = '*'

export type RetainedChunk = { dropped: number; emptied: number; isDone: boolean }
const DONE: RetainedChunk = { dropped: 0, emptied: 0, isDone: true }

/**
 * Goes on with retention in one trail by one transaction: announces, drops or empties some events whose time has
 * passed. Killed anywhere it goes on where it was. `isDone` if nothing is left to do for now.
 */
export async function retainNextChunk(scope: TenantScope): Promise<RetainedChunk> {
  requirePermission(scope, 'events:erase')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    await lockBlocks(tx, tenantId)
    const { days, types } = await readRetention(tx, tenantId)
    const progress = await readProgress(tx, tenantId)
    if ((await findActiveHold(tx, tenantId)) !== undefined) {
      await writeProgress(tx, tenantId, { heldBy: 'legal_hold', checkedAt: new Date() })
      return DONE
    }
    const [head] = await tx
      .select({ firstSeq: trailHeads.firstSeq })
      .from(trailHeads)
      .where(eq(trailHeads.tenantId, tenantId))
    const firstSeq = head?.firstSeq ?? 0
    if (progress?.dropTo != null)
      return { dropped: await dropChunk(tx, tenantId, firstSeq, progress), emptied: 0, isDone: false }
    const sealedSize = await readSealedSize(tx, tenantId)
    let heldBy: Progress['heldBy'] = null
    if (days !== null) {
      const expired = await findExpired(tx, tenantId, { from: firstSeq, days, sealedSize })
      heldBy = expired.heldBy
      const dropTo = expired.end - (expired.end % TILE_WIDTH)
      if (dropTo > firstSeq) {
        await announceDrop(tx, scope, { firstSeq, dropTo })
        return { ...DONE, isDone: false }
      }
    }
    const kinds = types.map((own): [string, number, string?] => [own.type, own.days, own.type])
    if (days !== null) kinds.push([ALL, days + PARTIAL_DELAY_DAYS])
    for (const [key, keepDays, type] of kinds) {
      const from = Math.max(progress?.emptiedTo[key] ?? 0, firstSeq)
      const { end, heldBy: held } = await findExpired(tx, tenantId, { from, days: keepDays, sealedSize })
      heldBy ??= held
      const to = await expiredEnd(tx, tenantId, { key, days, from, end, sealedSize })
      if (to <= from) continue
      const { emptied, next } = await emptyEvents(tx, scope, { from, to, type })
      await writeProgress(tx, tenantId, {
        emptiedTo: { ...progress?.emptiedTo, [key]: next },
        emptiedEvents: (progress?.emptiedEvents ?? 0) + emptied,
        heldBy,
      })
      return { dropped: 0, emptied, isDone: false }
    }
    await writeProgress(tx, tenantId, { heldBy, checkedAt: new Date() })
    return DONE
  })
}

/** Once the oldest of the partial tile has waited its day, all that have expired by then go with it. */
async function expiredEnd(
  tx: Transaction,
  tenantId: string,
  given: { key: string; days: number | null; from: number; end: number; sealedSize: number },
): Promise<number> {
  const { key, days, from, end, sealedSize } = given
  if (key !== ALL || days === null || end <= from) return end
  return (await findExpired(tx, tenantId, { from, days, sealedSize })).end
}
