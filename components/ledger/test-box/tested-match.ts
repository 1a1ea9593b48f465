import type { MatchExplanation } from '@/lib/ledger/policies/policy-view'
import type { MatchingProblem } from '@/lib/ledger/rules/rule-view'

/** What is wrong with what is being written, and what it finds as far as nothing is. */
export type TestedMatch = {
  problems: MatchingProblem[]
  explanation: MatchExplanation | null
  /** Of a policy: how each of its entries would show an entity that the ledger has; null where there is none. */
  previews?: ({ entity: string; display: string } | null)[]
}
