import { sql } from 'drizzle-orm'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import {
  type Reference,
  referenceDigest,
  referencesOf,
  referenceText,
} from '@/lib/ledger/matching/references-of'
import type { MatchableEvent } from './read-matched'

/** When a name of an event was matched as it is shown now, and what the policy that did it is called. */
export type MatchOrigin = { matchedAt: Date; policyName: string }
export type MatchOrigins = { actor: MatchOrigin | null; targets: (MatchOrigin | null)[] }

type NamedEvent = Extract<MatchableEvent, { actor?: unknown }>
type Row = { digest: string; matchedAt: string; policyName: string }

/** Where the matches of one event come from; null for what is not matched. */
export async function readMatchOrigins(scope: TenantScope, event: NamedEvent): Promise<MatchOrigins> {
  requirePermission(scope, 'events:read')
  const { actor, targets } = referencesOf(event.origin, event)
  const digestOf = (reference: Reference | null) =>
    reference && referenceDigest(referenceText(reference)).toString('hex')
  const digests = [actor, ...targets].map(digestOf)
  const list = `{${digests.flatMap((digest) => (digest ? [`"\\\\x${digest}"`] : [])).join(',')}}`
  const rows = await inTenant(scope, (tx) =>
    tx.execute<Row>(sql`
      select encode(r.digest, 'hex') as digest, m.matched_at::text as "matchedAt", p.name as "policyName"
      from ledger_references r
      join ledger_matches m on m.tenant_id = r.tenant_id and m.reference_id = r.id
      join matching_policies p on p.tenant_id = m.tenant_id and p.id = m.policy_id
      where r.tenant_id = ${scope.tenantId} and r.digest = any(${list}::bytea[]) and m.until is null
        and (m.valid_from is null or m.valid_from <= ${event.occurredAt}::timestamptz)
        and (m.valid_to is null or m.valid_to > ${event.occurredAt}::timestamptz)`),
  )
  const [first = null, ...rest] = digests.map((digest): MatchOrigin | null => {
    const row = rows.find((one) => one.digest === digest)
    return row ? { matchedAt: new Date(row.matchedAt), policyName: row.policyName } : null
  })
  return { actor: first, targets: rest }
}
