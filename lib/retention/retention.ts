/** How long events are kept, counted from their receipt. */
export type Retention = {
  /** Null: for ever. */
  days: number | null
  types: { type: string; days: number }[]
  /** Null until somebody chose. */
  updatedAt: Date | null
  updatedBy: string | null
}

/** What retention has done so far, and why it does not do more. */
export type RetentionStatus = {
  /** Events below it are gone; their hashes stay. */
  firstSeq: number
  droppedEvents: number
  /** Events that lost their content but keep their place: of types with a time of their own. */
  emptiedEvents: number
  /** When the trail was looked at last; null before. */
  checkedAt: Date | null
  /** About when it will be looked at next; null if everything is kept for ever. */
  nextRunAt: Date | null
  /** Seqs below it are being dropped right now, chunk by chunk; null if none are. */
  droppingTo: number | null
  /** Why events whose time has passed are still there, in words for people. */
  held: { by: 'legal_hold' | 'destination' | 'seal'; words: string } | null
}
