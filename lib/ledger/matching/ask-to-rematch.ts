import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { matchingState } from '@/db/schema/matching'
import { ensureDefaults } from '@/lib/ledger/policies/ensure-defaults'

/**
 * Has all names of the trail matched again once the caller's transaction commits, because of what it changes; `reason`
 * says what, in a few words for people. To be called before `recordEvent`: until the commit nobody else changes matches.
 * The first call of a tenant begins the use of its ledger: with the default rules and policy, from its first event on.
 */
export async function askToRematch(tx: Transaction, tenantId: string, reason: string): Promise<void> {
  const begun = await tx
    .insert(matchingState)
    .values({ tenantId })
    .onConflictDoNothing()
    .returning({ tenantId: matchingState.tenantId })
  if (begun.length > 0) await ensureDefaults(tx, tenantId, 'Spoor')
  // Without references there is nothing to match again: what comes is matched with what is there by then.
  await tx
    .update(matchingState)
    .set({
      wanted: sql`${matchingState.wanted} + 1`,
      reason,
      wantedAt: sql`now()`,
      ...(begun.length > 0 && { matched: sql`${matchingState.wanted} + 1`, matchedAt: sql`now()` }),
    })
    .where(sql`${matchingState.tenantId} = ${tenantId}`)
}
