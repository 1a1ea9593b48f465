import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ledgerReferences, matchingSources } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import { lockPolicy } from './find-policy'
import type { SetSource } from './input'
import { readKnownSources } from './read-sources'

/**
 * Says by which policy the events of a source are matched, also those of before: one of its own, the default, or none.
 * Throws `not_found` for a source or policy that is not there.
 */
export async function setSource(scope: TenantScope, { origin, policy }: SetSource): Promise<SetSource> {
  requirePermission(scope, 'ledger:manage')
  const { tenantId } = scope
  const s = matchingSources
  return inTenant(scope, async (tx) => {
    const label = await requireSource(tx, tenantId, origin)
    const isOwn = policy !== 'default' && policy !== 'none'
    const row = isOwn ? await lockPolicy(tx, tenantId, policy) : undefined
    const policyId = row?.id ?? null
    const [before] = await tx
      .select({ policyId: s.policyId })
      .from(s)
      .where(and(eq(s.tenantId, tenantId), eq(s.origin, origin)))
    if (policy === 'default' ? !before : before && before.policyId === policyId) return { origin, policy }
    if (policy === 'default') await tx.delete(s).where(and(eq(s.tenantId, tenantId), eq(s.origin, origin)))
    else
      await tx
        .insert(s)
        .values({ tenantId, origin, policyId })
        .onConflictDoUpdate({ target: [s.tenantId, s.origin], set: { policyId, updatedAt: sql`now()` } })
    const words = row ? `the policy ${row.name}` : policy === 'none' ? 'no policy' : 'the default policy'
    await askToRematch(tx, tenantId, `${label} was given ${words}`)
    await recordEvent(tx, scope, 'MATCHING_SOURCE_SET', {
      message: `Events of ${label} are matched by ${words}`,
      targets: [
        { type: 'source', name: label, id: origin },
        ...(row ? [{ type: 'policy', name: row.name, id: row.id }] : []),
      ],
      data: { origin, label, before: before ? (before.policyId ?? 'none') : 'default', after: policy },
    })
    return { origin, policy }
  })
}

/** The source's label; it may also be gone, if events of it are there. */
async function requireSource(tx: Transaction, tenantId: string, origin: string): Promise<string> {
  const known = (await readKnownSources(tx, tenantId)).find((source) => source.origin === origin)
  if (known) return known.label
  const r = ledgerReferences
  const [event] = await tx
    .select({ id: r.id })
    .from(r)
    .where(and(eq(r.tenantId, tenantId), eq(r.origin, origin)))
    .limit(1)
  if (event) return origin
  throw new AppError('not_found', `No events of this workspace come from ${origin}.`)
}
