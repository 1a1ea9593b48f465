import type { EntityType } from '@/lib/ledger/entity-types'

/** An entity as lists and links show it. `note` is a line that tells it from its namesakes: `THESHIRE · Walter Ardog`. */
export type EntitySummary = {
  id: string
  type: EntityType
  key: string
  displayName: string
  note: string
  /** Whether a record of it holds now. */
  isCurrent: boolean
}

/** `entity` is null where the ledger has none with that key. */
export type LinkView = { name: string; to: EntityType; key: string; entity: EntitySummary | null }

/** What an entity was from `validFrom` (inclusive; null: always) to `validTo` (exclusive; null: for ever). */
export type RecordView = {
  validFrom: Date | null
  validTo: Date | null
  displayName: string
  /** By name, in lower case. */
  attributes: Record<string, string>
  links: LinkView[]
}

/** Entities of a type that name this one by a link: the accounts of an identity, say. The first fifty, by key. */
export type LinkedFrom = { type: EntityType; link: string; total: number; entities: EntitySummary[] }

export type EntityView = {
  id: string
  type: EntityType
  key: string
  /** Of the current record, else of the newest. */
  displayName: string
  /** Oldest first; their periods don't overlap. */
  records: RecordView[]
  /** The record that holds now. */
  current: RecordView | null
  linkedFrom: LinkedFrom[]
  createdAt: Date
  /** For `unchangedSince`. */
  updatedAt: Date
}

/** A page of entities by type and key; `next` is the `after` of the next one. */
export type EntityPage = { entities: EntitySummary[]; next: string | null }
