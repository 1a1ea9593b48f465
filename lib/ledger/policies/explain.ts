import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { matchingPolicies } from '@/db/schema/matching'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { isEntityType } from '@/lib/ledger/entity-types'
import type { PolicyInForce } from '@/lib/ledger/matching/policies-in-force'
import type { Reference } from '@/lib/ledger/matching/references-of'
import type { Segment } from '@/lib/ledger/matching/segment'
import { checkDefinition } from '@/lib/ledger/rules/check-definition'
import { requireNoProblem } from '@/lib/ledger/rules/require-no-problem'
import { checkPolicyEntries } from './check-policy'
import { compilePolicy } from './compile-policy'
import type { PolicyVersion } from './definition'
import { explainEntry } from './explain-entry'
import { findPolicyVersion, noSuchPolicy } from './find-policy'
import type { ExplainMatch } from './input'
import { matchReferences } from './match-references'
import { readNamedRules, toPolicyVersion } from './named-rules'
import type { MatchExplanation } from './policy-view'

const NOT_SAVED = '00000000-0000-0000-0000-000000000000'

/**
 * Which entity a name means, in the way in which events are matched, and what each comparison finds by itself. Nothing
 * is stored. Throws `not_found` for a policy that is not there, and `invalid` for a rule that can't be run.
 */
export async function explainMatch(scope: TenantScope, input: ExplainMatch): Promise<MatchExplanation> {
  requirePermission(scope, 'ledger:read')
  const { tenantId } = scope
  if (input.rule) requireNoProblem('The rule', checkDefinition(input.rule.definition), '/rule/definition')
  const atMs = input.at === undefined ? Date.now() : Date.parse(input.at)
  const reference = toReference(input)
  return inTenantSnapshot(scope, async (tx) => {
    const policy = await findTested(tx, tenantId, input)
    const [segments = []] = await matchReferences(tx, tenantId, policy, [reference])
    const segment = segments.find((one) => holdsAt(one, atMs))
    const entries = []
    for (const entry of compilePolicy(policy.definition).entriesFor(reference)) {
      const isTried = segment === undefined || entry.place <= segment.entry
      const { comparisons } = policy.definition.entries[entry.place]?.rule.definition ?? { comparisons: [] }
      const found = entry.place === segment?.entry ? segment.shown : undefined
      const explained = await explainEntry(tx, tenantId, {
        entry,
        comparisons,
        reference,
        atMs,
        isTried,
        found,
      })
      if (input.rule) explained.rule = { name: explained.rule.name, entityType: explained.rule.entityType }
      entries.push(explained)
    }
    return { entries, result: segment?.shown ?? null }
  })
}

const holdsAt = ({ validFrom, validTo }: Segment, atMs: number): boolean =>
  (validFrom === null || validFrom.getTime() <= atMs) && (validTo === null || atMs < validTo.getTime())

function toReference({ logEntity, name, parent, identity, id }: ExplainMatch): Reference {
  return {
    origin: 'test',
    role: logEntity === 'actor' ? 'actor' : 'target',
    type: isEntityType(logEntity) ? logEntity : null,
    name: name ?? null,
    parent: parent ?? null,
    identity: identity ?? null,
    refId: id ?? null,
  }
}

async function readEntries(
  tx: Transaction,
  tenantId: string,
  entries: NonNullable<ExplainMatch['entries']>,
): Promise<PolicyVersion> {
  const rules = await readNamedRules(tx, tenantId, entries)
  requireNoProblem('The policy', await checkPolicyEntries(tx, tenantId, entries, rules), '')
  return toPolicyVersion(entries, rules)
}

/** The policy that is asked for, the default one, or entries or one rule as a policy of their own. */
async function findTested(
  tx: Transaction,
  tenantId: string,
  { policyId, rule, entries, logEntity }: ExplainMatch,
): Promise<PolicyInForce> {
  if (rule) {
    const entry = {
      logEntity,
      ruleId: NOT_SAVED,
      display: rule.entityType === 'account' ? '{identity|display_name}' : '{display_name}',
      rule: { name: 'This rule', version: 1, ...rule },
    }
    return { id: NOT_SAVED, version: 1, definition: { entries: [entry] } }
  }
  if (entries) return { id: NOT_SAVED, version: 1, definition: await readEntries(tx, tenantId, entries) }
  const p = matchingPolicies
  const [row] = await tx
    .select({ id: p.id, version: p.version })
    .from(p)
    .where(
      and(
        eq(p.tenantId, tenantId),
        policyId === undefined ? eq(p.isDefault, true) : eq(p.id, policyId),
        isNull(p.removedAt),
      ),
    )
  if (row) return { ...row, definition: await findPolicyVersion(tx, tenantId, row.id, row.version) }
  if (policyId !== undefined) throw noSuchPolicy()
  throw new AppError(
    'not_found',
    'There is no policy yet. The first one comes with the first entities of the ledger.',
  )
}
