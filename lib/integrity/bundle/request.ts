import type { TrailFilter } from '@/lib/trail/filter'

/**
 * Which events. A range is complete: `from` inclusive, else the first event that is still there; `to` exclusive,
 * else the sealed end. Of ids and of a filter each event is proven by itself.
 */
export type EvidenceSelection =
  | { kind: 'range'; from?: number | undefined; to?: number | undefined }
  | { kind: 'ids'; ids: readonly string[] }
  | { kind: 'filter'; filter: TrailFilter }

export type EvidenceRequest = {
  selection: EvidenceSelection
  /** Checkpoints that the bundle proves to continue: as signed notes, or by size where they were kept here. */
  since: readonly (number | string)[]
  /** Size of the kept checkpoint that the bundle leads to; the latest unless given. */
  under?: number | undefined
}
