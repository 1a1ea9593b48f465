import type { EntityType } from '@/lib/ledger/entity-types'
import type { MatchedEntity, ShownEntity } from '@/lib/ledger/matched/matched-event'
import type { LogEntity, PolicyEntry } from './definition'

/** A policy as lists show it. */
export type PolicyView = {
  id: string
  name: string
  note: string
  isDefault: boolean
  /** The newest version. */
  version: number
  entryCount: number
  /** Origins that were given it: `silo:<name>`, `token:<id>` … All others have the default. */
  sources: string[]
  savedBy: string
  createdAt: Date
  /** When its newest version, name or note was saved. */
  updatedAt: Date
}

/** An entry with its rule as it was in that version of the policy. */
export type PolicyEntryView = PolicyEntry & {
  rule: { name: string; version: number; entityType: EntityType }
}

/** A policy with its entries, or those of an earlier version. */
export type PolicyDetail = PolicyView & { shownVersion: number; entries: PolicyEntryView[] }

export type PolicyVersionView = { version: number; savedBy: string; savedAt: Date }

export type SourceKind = 'silo' | 'token' | 'console' | 'system'

/** Where events come from, and how they are matched. */
export type SourceView = {
  origin: string
  kind: SourceKind
  /** The silo's or token's name, or what of Spoor it is. */
  label: string
  /** Null: events of it are not matched. */
  policy: { id: string; name: string } | null
  /** Whether it was chosen for this source; else it is the default. */
  isOwn: boolean
  /** Different names that its events have, by what became of them. */
  references: { matched: number; ambiguous: number; unmatched: number; off: number }
  /** Mentions of these names in events. */
  events: number
}

/** What one comparison of a tried entry found by itself. */
export type ExplainedComparison = {
  /** `login is what the event says as #1 (“wardog”), ignoring case`. */
  text: string
  /** Records of the ledger that fit it at that time; of comparisons with what the event says: 1 or 0. */
  holds: number
  /** There are more than were counted. */
  isMore?: true
  /** Of the records that fit it, those that all comparisons before it fit too. */
  left: number
}

export type ExplainedEntry = {
  /** In the policy, from 0. */
  place: number
  logEntity: LogEntity
  rule: { id?: string; name: string; version?: number; entityType: EntityType }
  /** Entries behind the one that won are not tried. */
  isTried: boolean
  /** Several: ambiguous. */
  found: ShownEntity[]
  comparisons: ExplainedComparison[]
  /** In one sentence, for people: `No account has login “x”.` */
  says: string
}

/** How a name was, or would be, matched at a time. */
export type MatchExplanation = {
  /** Those whose log entity fits; none: the policy has nothing for it. */
  entries: ExplainedEntry[]
  result: MatchedEntity | null
}
