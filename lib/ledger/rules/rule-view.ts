import type { EntityType } from '@/lib/ledger/entity-types'
import type { RuleDefinition } from './definition'

/** A rule as lists show it. */
export type RuleView = {
  id: string
  name: string
  note: string
  entityType: EntityType
  /** The newest version. */
  version: number
  /** The policies that have it. */
  policies: { id: string; name: string }[]
  savedBy: string
  createdAt: Date
  /** When its newest version, name or note was saved. */
  updatedAt: Date
}

/** A rule with how it finds entities, or did in an earlier version. */
export type RuleDetail = RuleView & {
  /** The version that `definition` is of. */
  shownVersion: number
  definition: RuleDefinition
}

export type RuleVersionView = { version: number; savedBy: string; savedAt: Date }

/** What is wrong with a rule or policy, and where in it: `['comparisons', 0, 'pattern']`, `['entries', 1, 'display']`. */
export type MatchingProblem = {
  path: (string | number)[]
  /** For people: what, and what to do. */
  message: string
  /** Warnings don't keep it from being saved: no entity has such an attribute yet, say. */
  isWarning?: true
}
