import type { EntityType } from '@/lib/ledger/entity-types'

/** An entity as it was shown when it was matched. */
export type ShownEntity = { id: string; type: EntityType; key: string; display: string }

/**
 * What the ledger knows behind an actor or a target. `display` is what readers see instead of the raw name. With
 * `candidates` several fit, none of which was taken: `id` and `key` are then absent.
 */
export type MatchedEntity = {
  id?: string
  type?: EntityType
  key?: string
  display: string
  /** The person behind an account, and the organisation of that person. */
  identity?: ShownEntity
  organisation?: ShownEntity
  candidates?: ShownEntity[]
  /** By which rule of which policy version. */
  policy: { id: string; version: number }
  rule: { id: string; version: number; name: string }
}

/** Of one event. `targets` has a place for each target of the event. Absent: nothing was found. */
export type MatchedEvent = { actor?: MatchedEntity; targets?: (MatchedEntity | null)[] }
