import { and, eq, sql } from 'drizzle-orm'
import { matchingPolicies } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import { lockPolicy } from './find-policy'
import type { PolicyId } from './input'

/** Matches the events of all sources that have no policy of their own by this one, also those of before. Throws `not_found`. */
export async function makeDefault(scope: TenantScope, { id }: PolicyId): Promise<{ id: string }> {
  requirePermission(scope, 'ledger:manage')
  const { tenantId } = scope
  const p = matchingPolicies
  return inTenant(scope, async (tx) => {
    // All of them, in one order: of two who choose at a time, one waits here with nothing locked yet.
    await tx.select({ id: p.id }).from(p).where(eq(p.tenantId, tenantId)).orderBy(p.id).for('no key update')
    const row = await lockPolicy(tx, tenantId, id)
    if (row.isDefault) return { id }
    const [before] = await tx
      .update(p)
      .set({ isDefault: false, updatedAt: sql`greatest(now(), updated_at + interval '1 millisecond')` })
      .where(and(eq(p.tenantId, tenantId), p.isDefault))
      .returning({ name: p.name })
    await tx
      .update(p)
      .set({ isDefault: true, updatedAt: sql`greatest(now(), updated_at + interval '1 millisecond')` })
      .where(and(eq(p.tenantId, tenantId), eq(p.id, id)))
    await askToRematch(tx, tenantId, `Policy ${row.name} was made the default`)
    await recordEvent(tx, scope, 'MATCHING_POLICY_UPDATED', {
      message: `Matching policy ${row.name} was made the default`,
      targets: [{ type: 'policy', name: row.name, id }],
      data: { before: { default: before?.name ?? null }, after: { default: row.name } },
    })
    return { id }
  })
}
