import type { Transaction } from '@/db/client'
import { matchReferences } from '@/lib/ledger/policies/match-references'
import type { PolicyInForce } from './policies-in-force'
import type { Reference } from './references-of'
import type { Segment } from './segment'
import type { ReferenceCounts } from './status-view'

export type ReferenceState = keyof ReferenceCounts

/** What references mean now; `policy` null: their source is not matched. */
export type Found = { policy: PolicyInForce | null; segments: Segment[] }

export const stateOf = ({ policy, segments }: Found): ReferenceState => {
  if (policy === null) return 'off'
  if (segments.some(({ entityId }) => entityId !== null)) return 'matched'
  return segments.length > 0 ? 'ambiguous' : 'unmatched'
}

/** What the ledger has for each reference, by the policy of its source: in the references' order. */
export async function findMatches(
  tx: Transaction,
  tenantId: string,
  policyOf: (origin: string) => PolicyInForce | null,
  references: readonly Reference[],
): Promise<Found[]> {
  const found: Found[] = references.map(({ origin }) => ({ policy: policyOf(origin), segments: [] }))
  const policies = new Map(found.flatMap(({ policy }) => (policy ? [[policy.id, policy]] : [])))
  for (const policy of policies.values()) {
    const places = found.flatMap((one, place) => (one.policy?.id === policy.id ? [place] : []))
    const segments = await matchReferences(
      tx,
      tenantId,
      policy,
      places.map((place) => references[place] as Reference),
    )
    for (const [i, place] of places.entries()) found[place] = { policy, segments: segments[i] as Segment[] }
  }
  return found
}
