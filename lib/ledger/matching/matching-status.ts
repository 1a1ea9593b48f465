import { sql } from 'drizzle-orm'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readMatchingState } from './matching-state'
import type { MatchingStatus, ReferenceCounts } from './status-view'

const NONE: ReferenceCounts = { matched: 0, ambiguous: 0, unmatched: 0, off: 0 }

/** How far the trail is matched with the ledger, and what of it. */
export function getMatchingStatus(scope: TenantScope): Promise<MatchingStatus> {
  requirePermission(scope, 'ledger:read')
  const { tenantId } = scope
  return inTenantSnapshot(scope, async (tx) => {
    const state = await readMatchingState(tx, tenantId)
    const [head] = await tx.execute<{ next: number }>(
      sql`select next_seq::float8 as next from trail_heads where tenant_id = ${tenantId}`,
    )
    const counted = await tx.execute<{ state: keyof ReferenceCounts; n: number }>(sql`
      select state, count(*)::int as n from ledger_references where tenant_id = ${tenantId} group by state`)
    const references = { ...NONE, ...Object.fromEntries(counted.map(({ state: name, n }) => [name, n])) }
    const isRunning = state?.rematching != null && state.rematchSince !== null
    return {
      isActive: state !== undefined,
      matchedTo: state?.nextSeq ?? 0,
      head: head?.next ?? 0,
      isBehind: state !== undefined && state.wanted > state.matched,
      rematch:
        isRunning && state.rematchSince
          ? {
              reason: state.reason,
              since: state.rematchSince,
              done: Math.min(state.rematchNext - 1, state.rematchTotal),
              total: state.rematchTotal,
              changed: state.rematchChanged,
            }
          : null,
      lastMatchedAt: state?.matchedAt ?? null,
      references,
    }
  })
}
