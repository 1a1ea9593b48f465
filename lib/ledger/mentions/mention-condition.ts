import type { ReferenceSet } from '@/lib/ledger/matched/reference-set'

/** Seqs from `from` (inclusive) to `to` (exclusive). */
export type Range = { from: number; to: number }

/** Of the actor, or of any target: one of the included references, if these are given, and none of the excluded. */
export type MentionSide = {
  column: 'actors' | 'targets'
  include: ReferenceSet | null
  exclude: ReferenceSet | null
}

/** What the mentions must say of an event; all sides must hold. Events outside of the window are not matched, and don't pass. */
export type MentionCondition = { window: Range; sides: readonly MentionSide[] }

export const referencesIn = ({ sides }: MentionCondition): number[] =>
  sides.flatMap(({ include, exclude }) => [...(include?.ids ?? []), ...(exclude?.ids ?? [])])

export const clipRange = (range: Range, window: Range): Range => ({
  from: Math.max(range.from, window.from),
  to: Math.min(range.to, window.to),
})
