export type ReferenceCounts = { matched: number; ambiguous: number; unmatched: number; off: number }

/** How far the events of a trail are matched with its ledger. */
export type MatchingStatus = {
  /** False until something is in the ledger: then nothing is matched. */
  isActive: boolean
  /** Events below it are matched, of those below `head`. */
  matchedTo: number
  head: number
  /** Names are to be matched again, because of the last change of ledger, rules, policies or sources. */
  isBehind: boolean
  /** While all names are matched again: `done` of `total`, with so many changed matches yet. */
  rematch: { reason: string; since: Date; done: number; total: number; changed: number } | null
  lastMatchedAt: Date | null
  /** Names as they stand in events, each counted once a source. */
  references: ReferenceCounts
}
