import type { MatchedEntity } from '@/lib/ledger/matched/matched-event'

/** What a reference means for events that occurred from `validFrom` (inclusive; null: always) to `validTo` (exclusive; null: for ever). */
export type Segment = {
  validFrom: Date | null
  validTo: Date | null
  /** Null where several fit: then `candidates` names them. */
  entityId: string | null
  candidates: string[] | null
  /** The person behind it, and that person's organisation. */
  identityId: string | null
  organisationId: string | null
  /** Other entities whose names are in `shown`; null where there are none. */
  named: string[] | null
  shown: MatchedEntity
  /** Place in the policy, from 0. */
  entry: number
  ruleId: string
  ruleVersion: number
}
