/** A legal hold: while one is active nothing of the trail is erased or dropped. */
export type Hold = {
  id: string
  reason: string
  /** It ends by itself then; null: only by release. */
  until: Date | null
  placedBy: string
  placedAt: Date
  releasedBy: string | null
  releasedAt: Date | null
  releaseReason: string | null
  isActive: boolean
}
