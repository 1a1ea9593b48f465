import { and, desc, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { legalHolds } from '@/db/schema/retention'
import { isActiveHold } from './active-hold'
import type { Hold } from './hold'

/** Latest first; a trail is held a few times in its life. */
const LISTED = 100

/** The holds of a tenant, or the one with that id. */
export function readHolds(tx: Transaction, tenantId: string, id?: string): Promise<Hold[]> {
  return tx
    .select({
      id: legalHolds.id,
      reason: legalHolds.reason,
      until: legalHolds.until,
      placedBy: legalHolds.placedBy,
      placedAt: legalHolds.placedAt,
      releasedBy: legalHolds.releasedBy,
      releasedAt: legalHolds.releasedAt,
      releaseReason: legalHolds.releaseReason,
      isActive: isActiveHold,
    })
    .from(legalHolds)
    .where(and(eq(legalHolds.tenantId, tenantId), id === undefined ? undefined : eq(legalHolds.id, id)))
    .orderBy(desc(legalHolds.placedAt), desc(legalHolds.id))
    .limit(LISTED)
}
