import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { matchingPolicies } from '@/db/schema/matching'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { violatesUnique } from '@/lib/errors/violates-unique'
import { canonicalJson } from '@/lib/integrity/jcs'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import { nameTaken } from '@/lib/ledger/rules/name-taken'
import { requireUnchanged } from '@/lib/ledger/rules/require-unchanged'
import { findPolicyVersion, lockPolicy, noSuchPolicy, type PolicyRow } from './find-policy'
import type { UpdatePolicy } from './input'
import { requireVersion } from './require-version'
import { isInForce, savePolicyVersion } from './save-version'
import { toldEntries } from './told-entries'

/**
 * Gives a policy other entries, another name or note. Entries that differ become a new version, and what the policy
 * matches is matched again. To go back, hand over an earlier version's entries. Throws `not_found`, `invalid` with all
 * that is wrong, and `conflict` where somebody else was faster or the name is taken.
 */
export async function updatePolicy(
  scope: TenantScope,
  input: UpdatePolicy,
): Promise<{ id: string; version: number; isNew: boolean }> {
  requirePermission(scope, 'ledger:manage')
  const { tenantId, principal } = scope
  const { id, unchangedSince } = input
  return inTenant(scope, async (tx) => {
    // Rules are locked before policies, as by whoever changes a rule; whose policy it is, is looked at first of all.
    await requirePolicy(tx, tenantId, id)
    const wanted = input.entries && (await requireVersion(tx, tenantId, input.entries))
    const row = await lockPolicy(tx, tenantId, id)
    requireUnchanged(row, unchangedSince)
    const before = await findPolicyVersion(tx, tenantId, id, row.version)
    const after = wanted ?? before
    const isNew = canonicalJson(after) !== canonicalJson(before)
    const { name = row.name, note = row.note } = input
    if (!isNew && name === row.name && note === row.note) return { id, version: row.version, isNew }
    if (name !== row.name || note !== row.note) await rename(tx, row, name, note)
    const version = isNew ? await savePolicyVersion(tx, row, after, principal.login) : row.version
    if (isNew && (await isInForce(tx, row))) await askToRematch(tx, tenantId, `Policy ${name} was changed`)
    await recordEvent(tx, scope, 'MATCHING_POLICY_UPDATED', {
      message: isNew
        ? `Matching policy ${name} got version ${version}`
        : `Matching policy ${name} was changed`,
      targets: [{ type: 'policy', name, id }],
      data: {
        before: { name: row.name, note: row.note, version: row.version },
        after: { name, note, version },
      },
      ...(isNew && { oldValue: toldEntries(before), newValue: toldEntries(after) }),
    })
    return { id, version, isNew }
  })
}

async function requirePolicy(tx: Transaction, tenantId: string, id: string): Promise<void> {
  const p = matchingPolicies
  const present = and(eq(p.tenantId, tenantId), eq(p.id, id), isNull(p.removedAt))
  if ((await tx.$count(p, present)) === 0) throw noSuchPolicy()
}

async function rename(
  tx: Transaction,
  { tenantId, id, name: before }: PolicyRow,
  name: string,
  note: string,
): Promise<void> {
  const p = matchingPolicies
  const [taken] =
    name === before
      ? []
      : await tx
          .select({ id: p.id })
          .from(p)
          .where(and(eq(p.tenantId, tenantId), eq(p.name, name), ne(p.id, id), isNull(p.removedAt)))
  if (taken) throw nameTaken('policy', name)
  try {
    await tx
      .update(p)
      .set({ name, note, updatedAt: sql`greatest(now(), updated_at + interval '1 millisecond')` })
      .where(and(eq(p.tenantId, tenantId), eq(p.id, id)))
  } catch (error) {
    throw violatesUnique(error, 'matching_policies_name') ? nameTaken('policy', name) : error
  }
}
